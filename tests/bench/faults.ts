import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Run } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { createInstance, type Instance, personId } from './instance.ts';
import { type LedgerCall, unverifiedRepeats, type VendorTrouble } from './ledger-calls.ts';

interface Fault {
  name: string;
  vendor: VendorTrouble;
  /** Killed with SIGKILL after so many calls have reached the vendor. */
  killAt?: number;
}

/** The faults under which other engines were measured, with the same people and the same vendor latencies. */
const faults: readonly Fault[] = [
  { name: 'kill -9 in the middle', vendor: { latencyMs: 50 }, killAt: 900 },
  { name: '50 requests a second', vendor: { latencyMs: 5, perSecond: 50 } },
  { name: '5 % of answers are 503', vendor: { latencyMs: 5, flakyPercent: 5 } },
];

/** Every second one is inactive. */
const people = 1_000;
const atOnce = 20;
const longestMs = 180_000;

export interface FaultRow {
  fault: string;
  mode: 'one run' | 'single runs';
  asked: number;
  deleted: string;
  unverifiedRepeats: number;
  refusedPercent: number;
  parked: number;
  failed: number;
  /** What the first of the parked and failed records says. */
  why: string;
  recordEqualsLedger: string;
  seconds: number;
  /** All inactive people deleted, nothing repeated unseen, hardly a refusal, the record as the ledger. */
  isAsNeeded: boolean;
}

/** The offboarding of peers under faults, each as one run over everybody and as a thousand runs of one person. */
export async function benchFaults(tell: (row: FaultRow) => void): Promise<FaultRow[]> {
  const rows: FaultRow[] = [];
  for (const fault of faults) {
    for (const mode of ['one run', 'single runs'] as const) {
      rows.push(await benchFault(fault, mode));
      tell(rows.at(-1)!);
    }
  }
  return rows;
}

async function benchFault(fault: Fault, mode: FaultRow['mode']): Promise<FaultRow> {
  const vendor: [string, string] = ['tests/bench/ledger-vendor.ts', JSON.stringify(fault.vendor)];
  const instance = await createInstance(people, 128, vendor);
  const startedAt = performance.now();
  const work = mode === 'one run' ? startOne(instance) : startSingles(instance);
  const killing = fault.killAt === undefined ? undefined : killOnce(instance, fault.killAt);
  await Promise.all([work, killing]);
  await allEnded(instance.data, startedAt);
  const seconds = (performance.now() - startedAt) / 1000;
  const { calls } = (await ask(instance, '_ledger')) as { calls: LedgerCall[] };
  await instance.server.stop();
  const found = compare(instance.data, calls);
  await instance.close();
  return { fault: fault.name, mode, ...found, seconds: Number(seconds.toFixed(1)) };
}

async function ask({ vendorOrigin }: Instance, path: string): Promise<unknown> {
  return (await fetch(`${vendorOrigin}/${path}`)).json();
}

async function killOnce(instance: Instance, at: number): Promise<void> {
  while (((await ask(instance, '_count')) as { count: number }).count < at) await sleep(5);
  await instance.server.kill();
  await instance.restart();
}

async function startOne({ server, token, workflowId }: Instance): Promise<void> {
  await createApiClient(server.url, token).send<Run>('POST', `/workflows/${workflowId}/runs`, {});
}

/** So many callers, each with one person after the other. Whoever gets no answer looks before asking again. */
async function startSingles({ server, token, workflowId, data }: Instance): Promise<void> {
  const api = createApiClient(server.url, token);
  const path = `/workflows/${workflowId}/runs`;
  let next = 0;
  async function lead(): Promise<void> {
    while (next < people) {
      const id = personId(next);
      next += 1;
      while (!(await startFor(id))) await sleep(100);
    }
  }
  async function startFor(id: string): Promise<boolean> {
    try {
      await api.send<Run>('POST', path, { recordIds: [id] }, { prefer: 'wait=60' });
      return true;
    } catch {
      return query(data, 'SELECT 1 FROM runs WHERE record_ids = ?', JSON.stringify([id])).length > 0;
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lead));
}

async function allEnded(data: string, startedAt: number): Promise<void> {
  while (performance.now() - startedAt < longestMs) {
    if (query(data, 'SELECT 1 FROM runs WHERE finished_at IS NULL LIMIT 1').length === 0) return;
    await sleep(50);
  }
}

function query(data: string, sql: string, ...values: unknown[]): Record<string, unknown>[] {
  const database = new Sqlite(join(data, 'rollcall.db'), { readonly: true });
  try {
    return database.prepare(sql).all(...values) as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** The journal against the ledger, person by person. */
function compare(data: string, calls: readonly LedgerCall[]) {
  const records = query(
    data,
    `SELECT record_id AS id, status, error, EXISTS (SELECT 1 FROM steps WHERE steps.run = run_records.run AND record_n = run_records.n
       AND block = 'remove' AND steps.status = 'succeeded') AS isDeleted
     FROM run_records WHERE n > 0`,
  );
  const deletions = new Map<string, number>();
  for (const { person, isPerformed } of calls)
    if (isPerformed) deletions.set(person, (deletions.get(person) ?? 0) + 1);
  const onRecord = new Map(records.map(({ id, isDeleted }) => [id, Number(isDeleted)]));
  let different = 0;
  for (let n = 0; n < people; n += 1)
    if ((onRecord.get(personId(n)) ?? -1) !== (deletions.get(`p-${n}`) ?? 0)) different += 1;
  const refused = calls.filter(({ status }) => status === 429).length;
  const count = (status: string): number => records.filter((record) => record.status === status).length;
  const refusedPercent = Number(((refused / calls.length) * 100).toFixed(1));
  const repeats = unverifiedRepeats(calls);
  return {
    asked: calls.length,
    deleted: `${deletions.size} of ${people / 2}`,
    unverifiedRepeats: repeats,
    refusedPercent,
    parked: count('needs_attention'),
    failed: count('failed'),
    why: String(records.find(({ error }) => error !== null)?.error ?? ''),
    recordEqualsLedger: different === 0 ? 'yes' : `no, ${different} differ`,
    isAsNeeded: deletions.size === people / 2 && repeats === 0 && refusedPercent < 5 && different === 0,
  };
}
