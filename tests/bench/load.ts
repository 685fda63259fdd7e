import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from '#contract';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { freePort, startServer, usageOf } from '../support/server-process.ts';
import { launchIntegration, setUpOwner } from '../support/story.ts';
import { connectVendor, firstLine, spawnScript } from './instance.ts';
import { loopDelay, type Waits, watchLoop, watchWaits } from './watch.ts';

export interface LoadResult extends Waits {
  people: number;
  floorColdMs: number;
  floorWarmMs: number;
  firstMs: number;
  firstPerSecond: number;
  firstCpuMsPerRecord: number;
  firstRatio: number;
  unchangedMs: number;
  unchangedPerSecond: number;
  unchangedCpuMsPerRecord: number;
  unchangedRatio: number;
  /** How late the server's event loop was while the loads went on, for 99 of 100 turns and at worst. */
  loopDelayP99Ms: number;
  longestLoopDelayMs: number;
  peakMb: number;
}

interface Floor {
  people: number;
  coldMs: number;
  warmMs: number;
}

/**
 * Loads everybody from a bare vendor into an empty database, then once more with nothing changed. The first load is
 * compared with a cold floor, because its server has never loaded anything, and the second with a warm one.
 */
export async function benchLoad(people: number): Promise<LoadResult> {
  const data = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const vendor = spawnScript('tests/bench/vendor.ts', [String(people)]);
  const host = `127.0.0.1:${await firstLine(vendor)}`;
  const delays = join(data, 'loop-delay.json');
  const env = { ROLLCALL_SANDBOX: 'off', ROLLCALL_ALLOW_HOSTS: host, ...watchLoop(delays) };
  const server = await startServer({ data, port: await freePort(), env });
  const api = createApiClient(server.url);
  await setUpOwner(api, server.setupLink ?? '');
  const integrationId = await launchIntegration(api, await connectVendor(api, `http://${host}`));

  const before = await runFloor(host);
  await loopDelay(server.pid, delays);
  const watch = watchWaits(api, (n) =>
    api.send('PATCH', `/integrations/${integrationId}`, { name: `Bench ${n}` }),
  );
  const first = await measureLoad(api, integrationId, server.pid);
  const second = await measureLoad(api, integrationId, server.pid);
  const waits = await watch.end();
  const loop = await loopDelay(server.pid, delays);
  const { peakMb } = usageOf(server.pid);
  const after = await runFloor(host);
  await server.stop();
  vendor.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });

  expectAll(first.load.tally.created, people, 'created by the first load');
  expectAll(second.load.tally.unchanged, people, 'unchanged in the second load');
  expectAll(after.people, people, 'read by the floor');
  const floorColdMs = (before.coldMs + after.coldMs) / 2;
  const floorWarmMs = (before.warmMs + after.warmMs) / 2;
  return {
    people,
    floorColdMs,
    floorWarmMs,
    firstMs: first.ms,
    firstPerSecond: (people / first.ms) * 1000,
    firstCpuMsPerRecord: first.cpuMs / people,
    firstRatio: floorColdMs / first.ms,
    unchangedMs: second.ms,
    unchangedPerSecond: (people / second.ms) * 1000,
    unchangedCpuMsPerRecord: second.cpuMs / people,
    unchangedRatio: floorWarmMs / second.ms,
    loopDelayP99Ms: loop.p99Ms,
    longestLoopDelayMs: loop.maxMs,
    ...waits,
    peakMb,
  };
}

/** A process of its own, so that nothing of the bench has warmed it. */
async function runFloor(host: string): Promise<Floor> {
  return JSON.parse(await firstLine(spawnScript('tests/bench/load-floor.ts', [`http://${host}`]))) as Floor;
}

async function measureLoad(
  api: ApiClient,
  integrationId: string,
  pid: number,
): Promise<{ ms: number; cpuMs: number; load: Load }> {
  const cpuBefore = usageOf(pid).cpuMs;
  let load = await api.send<Load>('POST', `/integrations/${integrationId}/loads`, {});
  while (load.finishedAt === null) {
    await sleep(50);
    load = await api.get<Load>(`/loads/${load.id}`);
  }
  // The server's own times: asking now and then would add the time between two questions.
  const ms = Date.parse(load.finishedAt) - Date.parse(load.startedAt);
  return { ms, cpuMs: usageOf(pid).cpuMs - cpuBefore, load };
}

function expectAll(count: number, people: number, what: string): void {
  if (count !== people) throw new Error(`Only ${count} of ${people} people were ${what}.`);
}
