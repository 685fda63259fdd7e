import type { Run } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { finished } from '../support/story.ts';
import { createInstance, type VendorScript } from './instance.ts';

export interface LatencyResult {
  people: number;
  atOnce: number;
  latencyMs: number;
  calls: number;
  ms: number;
  callsPerSecond: number;
  /** What so many calls at once allow with a vendor that takes so long. */
  mostCallsPerSecond: number;
  /** Of that; 0.85 is wanted. */
  share: number;
}

/** One run over everybody with a vendor that takes its time: how much of what the credential allows is used. */
export async function benchLatency(
  people: number,
  atOnce: number,
  latencyMs: number,
): Promise<LatencyResult> {
  const vendor: VendorScript = ['tests/bench/vendor.ts', '0', String(latencyMs)];
  const { server, token, workflowId, close } = await createInstance(people, atOnce, vendor);
  const api = createApiClient(server.url, token);
  const startedAt = performance.now();
  const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {}, { prefer: 'wait=60' });
  const run = await finished(api, id);
  const ms = performance.now() - startedAt;
  await close();

  if (run.counts.succeeded !== people)
    throw new Error(`Only ${run.counts.succeeded} of ${people} records succeeded; the run is ${run.status}.`);
  // Everybody is read, and every second person deleted.
  const calls = people + Math.ceil(people / 2);
  const callsPerSecond = (calls / ms) * 1000;
  const mostCallsPerSecond = (atOnce / latencyMs) * 1000;
  return {
    people,
    atOnce,
    latencyMs,
    calls,
    ms,
    callsPerSecond,
    mostCallsPerSecond,
    share: callsPerSecond / mostCallsPerSecond,
  };
}
