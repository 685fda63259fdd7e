import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createApiClient } from '../support/api-client.ts';
import { usageOf } from '../support/server-process.ts';
import { bareVendor, createInstance } from './instance.ts';
import { expectAll, runOf } from './offboard.ts';
import { loopDelay, type Waits, watchLoop, watchWaits } from './watch.ts';

/** What others feel of a run: how late the event loop is, and how long their requests take. */
export interface FeltResult extends Waits {
  people: number;
  recordsPerSecond: number;
  loopDelayP99Ms: number;
  longestLoopDelayMs: number;
  peakMb: number;
}

/** One run over everybody while others read and change something small all the time. */
export async function benchFelt(people: number, inFlight: number): Promise<FeltResult> {
  const delays = join(await mkdtemp(join(tmpdir(), 'rollcall-felt-')), 'loop-delay.json');
  const instance = await createInstance(people, inFlight, bareVendor, watchLoop(delays));
  const { server, token, workflowId } = instance;
  const api = createApiClient(server.url, token);
  await loopDelay(server.pid, delays);
  const watch = watchWaits(api, (n) =>
    api.send('PATCH', `/workflows/${workflowId}`, { description: `${n}` }),
  );
  const startedAt = performance.now();
  const run = await runOf(api, workflowId, {});
  const ms = performance.now() - startedAt;
  const waits = await watch.end();
  const { p99Ms, maxMs } = await loopDelay(server.pid, delays);
  const { peakMb } = usageOf(server.pid);
  await instance.close();
  await rm(dirname(delays), { recursive: true });
  expectAll(run, people);
  const loop = { loopDelayP99Ms: p99Ms, longestLoopDelayMs: maxMs };
  return { people, recordsPerSecond: (people / ms) * 1000, ...loop, ...waits, peakMb };
}
