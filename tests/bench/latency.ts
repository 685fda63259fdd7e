import type { Run } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { finished } from '../support/story.ts';
import { runFloor } from './floor.ts';
import { createInstance, personId, type VendorScript } from './instance.ts';

export interface LatencyResult {
  people: number;
  atOnce: number;
  latencyMs: number;
  calls: number;
  floorMs: number;
  engineMs: number;
  callsPerSecond: number;
  /** What so many calls at once allow with a vendor that takes exactly so long; no machine gets there. */
  mostCallsPerSecond: number;
  share: number;
  ratio: number;
}

/**
 * One run over everybody with a vendor that takes its time: how much of what the credential's concurrency allows is
 * used, by the engine and by the same calls with nothing kept.
 */
export async function benchLatency(
  people: number,
  atOnce: number,
  latencyMs: number,
): Promise<LatencyResult> {
  const vendor: VendorScript = ['tests/bench/vendor.ts', '0', String(latencyMs)];
  const { server, token, workflowId, vendorOrigin, close } = await createInstance(people, atOnce, vendor);
  const api = createApiClient(server.url, token);
  const runAll = async (records: { recordIds?: string[] }): Promise<Run> => {
    const path = `/workflows/${workflowId}/runs`;
    const { id } = await api.send<Run>('POST', path, records, { prefer: 'wait=60' });
    return finished(api, id);
  };

  await runAll({ recordIds: Array.from({ length: Math.min(people, 1000) }, (_, n) => personId(n)) });
  const before = await runFloor(vendorOrigin, people, atOnce);
  const startedAt = performance.now();
  const run = await runAll({});
  const engineMs = performance.now() - startedAt;
  const after = await runFloor(vendorOrigin, people, atOnce);
  await close();

  if (run.counts.succeeded !== people)
    throw new Error(`Only ${run.counts.succeeded} of ${people} records succeeded; the run is ${run.status}.`);
  // Everybody is read, and every second person deleted.
  const calls = people + Math.ceil(people / 2);
  const floorMs = (before + after) / 2;
  const callsPerSecond = (calls / engineMs) * 1000;
  const mostCallsPerSecond = (atOnce / latencyMs) * 1000;
  return {
    people,
    atOnce,
    latencyMs,
    calls,
    floorMs,
    engineMs,
    callsPerSecond,
    mostCallsPerSecond,
    share: callsPerSecond / mostCallsPerSecond,
    ratio: floorMs / engineMs,
  };
}
