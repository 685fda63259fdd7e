import type { Run } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { usageOf } from '../support/server-process.ts';
import { finished } from '../support/story.ts';
import { runFloor } from './floor.ts';
import { createInstance, personId } from './instance.ts';

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
  const runAll = async (records: { recordIds?: string[] }): Promise<Run> => {
    const path = `/workflows/${workflowId}/runs`;
    const { id } = await api.send<Run>('POST', path, records, { prefer: 'wait=60' });
    return finished(api, id);
  };
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const idleMb = usageOf(server.pid).residentMb;

  // Both sides run once unmeasured, so that neither is charged with warming up.
  const warmUp = Array.from({ length: Math.min(people, 1000) }, (_, n) => personId(n));
  await runFloor(vendorOrigin, warmUp.length, inFlight);
  await runAll({ recordIds: warmUp });
  const before = await runFloor(vendorOrigin, people, inFlight);
  const cpu = usageOf(server.pid).cpuMs;
  const startedAt = performance.now();
  const run = await runAll({});
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
