import { join } from 'node:path';
import type { Run } from '#contract';
import { connectDatabase, type Database } from '../../server/store/database.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
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
  /** What the database file grew by, for each step. */
  bytesPerStep: number;
}

/** One run over everybody, and before and after it the floor: the same calls with nothing kept. */
export async function benchOffboard(people: number, inFlight: number): Promise<OffboardResult> {
  const instance = await createInstance(people, inFlight);
  const { server, token, workflowId, vendorOrigin, startMs } = instance;
  const api = createApiClient(server.url, token);
  const runAll = (records: { recordIds?: string[] }) => runOf(api, workflowId, records);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const idleMb = usageOf(server.pid).residentMb;

  // Both sides run once unmeasured, so that neither is charged with warming up.
  const warmUp = Array.from({ length: Math.min(people, 1000) }, (_, n) => personId(n));
  await runFloor(vendorOrigin, warmUp.length, inFlight);
  await runAll({ recordIds: warmUp });
  const before = await runFloor(vendorOrigin, people, inFlight);
  const bytes = databaseBytes(instance.data);
  const cpu = usageOf(server.pid).cpuMs;
  const startedAt = performance.now();
  const run = await runAll({});
  const engineMs = performance.now() - startedAt;
  const usage = usageOf(server.pid);
  const after = await runFloor(vendorOrigin, people, inFlight);
  const bytesAfter = databaseBytes(instance.data);
  const steps = countSteps(instance.data, run.id);
  await instance.close();

  expectAll(run, people);
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
    bytesPerStep: (bytesAfter - bytes) / steps,
  };
}

/** Runs the workflow to its end. */
export async function runOf(
  api: ApiClient,
  workflowId: string,
  records: { recordIds?: string[] },
): Promise<Run> {
  const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, records, { prefer: 'wait=60' });
  return finished(api, id);
}

export function expectAll(run: Run, people: number): void {
  if (run.counts.succeeded === people) return;
  throw new Error(`Only ${run.counts.succeeded} of ${people} records succeeded; the run is ${run.status}.`);
}

/** The size of the database, what its log holds included. */
function databaseBytes(data: string): number {
  return read(data, (client) => Number(client.pragma('page_count', { simple: true }))) * pageSize;
}

const pageSize = 4096;

function countSteps(data: string, runId: string): number {
  const count = 'SELECT count(*) AS n FROM steps JOIN runs ON runs.key = steps.run WHERE runs.id = ?';
  return read(data, (client) => (client.prepare(count).get(runId) as { n: number }).n);
}

function read<T>(data: string, ask: (client: Database['$client']) => T): T {
  const { $client } = connectDatabase(join(data, 'rollcall.db'));
  try {
    return ask($client);
  } finally {
    $client.close();
  }
}
