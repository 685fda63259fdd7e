import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from '#contract';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { freePort, startServer, usageOf } from '../support/server-process.ts';
import { launchIntegration, setUpOwner } from '../support/story.ts';
import { connectVendor, firstLine, spawnScript } from './instance.ts';

export interface LoadResult {
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
  /** How long those waited who asked for a page of people meanwhile, and those who changed something. */
  readP95Ms: number;
  readP99Ms: number;
  longestReadMs: number;
  writeP95Ms: number;
  longestWriteMs: number;
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
  const watch = watchWaits(api, integrationId);
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

/** Has a server note how late its event loop is. */
const watchLoop = (file: string) => ({
  BENCH_LOOP_DELAY: file,
  NODE_OPTIONS: `--import ${new URL('loop-delay.mjs', import.meta.url).href}`,
});

/** The delays of the event loop since it was last asked. */
async function loopDelay(pid: number, file: string): Promise<{ p99Ms: number; maxMs: number }> {
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(5);
  const delay = JSON.parse(await readFile(file, 'utf8')) as { p99Ms: number; maxMs: number };
  await rm(file);
  return delay;
}

type Waits = Pick<LoadResult, 'readP95Ms' | 'readP99Ms' | 'longestReadMs' | 'writeP95Ms' | 'longestWriteMs'>;

/** Reads and changes something small all the time and notes how long each answer took. */
function watchWaits(api: ApiClient, integrationId: string): { end(): Promise<Waits> } {
  const reads: number[] = [];
  const writes: number[] = [];
  let isOver = false;
  const measure = async (waits: number[], ask: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await ask();
    waits.push(performance.now() - startedAt);
    await sleep(20);
  };
  const work = (async () => {
    for (let n = 0; !isOver; n += 1) {
      await measure(reads, () => api.get('/people?limit=5'));
      await measure(reads, () => api.get('/people?limit=5'));
      await measure(writes, () =>
        api.send('PATCH', `/integrations/${integrationId}`, { name: `Bench ${n}` }),
      );
    }
  })();
  return {
    async end() {
      isOver = true;
      await work;
      return {
        readP95Ms: share(reads, 0.95),
        readP99Ms: share(reads, 0.99),
        longestReadMs: share(reads, 1),
        writeP95Ms: share(writes, 0.95),
        longestWriteMs: share(writes, 1),
      };
    },
  };
}

/** The wait that this share of all waits does not exceed. */
function share(waits: readonly number[], part: number): number {
  const sorted = waits.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function expectAll(count: number, people: number, what: string): void {
  if (count !== people) throw new Error(`Only ${count} of ${people} people were ${what}.`);
}
