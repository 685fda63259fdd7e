import type { Run } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { usageOf } from '../support/server-process.ts';
import { finished } from '../support/story.ts';
import { runFloor } from './floor.ts';
import { createInstance } from './instance.ts';

export interface OffboardResult {
  people: number;
  inFlight: number;
  floorMs: number;
  engineMs: number;
  recordsPerSecond: number;
  cpuMsPerRecord: number;
  peakMb: number;
  startMs: number;
  idleMb: number;
  ratio: number;
}

/** One run over everybody, and before and after it the floor: the same calls with nothing kept. */
export async function benchOffboard(people: number, inFlight: number): Promise<OffboardResult> {
  const instance = await createInstance(people, inFlight);
  const { server, token, workflowId, vendorOrigin, startMs } = instance;
  const api = createApiClient(server.url, token);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const idleMb = usageOf(server.pid).residentMb;

  await runFloor(vendorOrigin, 1000, inFlight);
  const before = await runFloor(vendorOrigin, people, inFlight);
  const cpu = usageOf(server.pid).cpuMs;
  const startedAt = performance.now();
  const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {}, { prefer: 'wait=60' });
  const run = await finished(api, id);
  const engineMs = performance.now() - startedAt;
  const usage = usageOf(server.pid);
  const after = await runFloor(vendorOrigin, people, inFlight);
  await instance.close();

  if (run.counts.succeeded !== people)
    throw new Error(`Only ${run.counts.succeeded} of ${people} records succeeded; the run is ${run.status}.`);
  const floorMs = (before + after) / 2;
  return {
    people,
    inFlight,
    floorMs,
    engineMs,
    recordsPerSecond: (people / engineMs) * 1000,
    cpuMsPerRecord: (usage.cpuMs - cpu) / people,
    peakMb: usage.peakMb,
    startMs,
    idleMb,
    ratio: floorMs / engineMs,
  };
}
