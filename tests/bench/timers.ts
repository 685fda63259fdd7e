import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';
import { freePort, type ServerProcess, startServer, usageOf } from '../support/server-process.ts';

export interface TimersResult {
  waiting: number;
  due: number;
  /** Time of the processor in a quiet minute, without anybody waiting and with all of them. */
  quietMsWithout: number;
  quietMsWith: number;
  /** From the start of the process to its first answer, with all of them waiting. */
  startMs: number;
  /** From the moment at which they were due until the last of them had gone its way. */
  wokenMs: number;
  peakMb: number;
}

const dayMs = 24 * 3_600_000;
const waitDays = 30;
const settleMs = 10_000;
const minuteMs = 60_000;
/** The server is up and quiet by then. */
const aheadMs = 15_000;
const recordsOfRun = 100;

/**
 * What waiting costs: the processor time of a real server in a quiet minute with nobody and with so many records
 * waiting, each for weeks, and how long it takes to wake those that are due at once. Each of the due is alone in its
 * run, which is the dearest way to wake it.
 */
export async function benchTimers(waiting: number, due: number): Promise<TimersResult> {
  const data = await mkdtemp(join(tmpdir(), 'rollcall-timers-'));
  const file = join(data, 'rollcall.db');
  const port = await freePort();
  const start = () => startServer({ data, port, env: { ROLLCALL_SANDBOX: 'off' } });
  try {
    const empty = await start();
    const quietMsWithout = await quietMinute(empty);
    await empty.stop();

    const database = openDatabase(file);
    addWorkflowThatWaits(database);
    addWaiting(database, waiting);
    database.$client.close();
    const startedAt = performance.now();
    const full = await start();
    const startMs = performance.now() - startedAt;
    const quietMsWith = await quietMinute(full);
    await full.stop();

    const { wokenMs, server } = await wake(file, due, start);
    const { peakMb } = usageOf(server.pid);
    await server.stop();
    return { waiting, due, quietMsWithout, quietMsWith, startMs, wokenMs, peakMb };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function quietMinute({ pid }: ServerProcess): Promise<number> {
  await pass(settleMs);
  const before = usageOf(pid).cpuMs;
  await pass(minuteMs);
  return usageOf(pid).cpuMs - before;
}

async function wake(file: string, due: number, start: () => Promise<ServerProcess>) {
  const database = openDatabase(file);
  const at = Date.now() + aheadMs;
  // The first record of every run, and of other runs where there are not enough of them.
  database.$client
    .prepare(
      `UPDATE run_records SET wake_at = ?, waiting_since = ? WHERE (run, n) IN (
        SELECT run, n FROM run_records WHERE status = 'waiting' ORDER BY n, run LIMIT ?)`,
    )
    .run(at, at - waitDays * dayMs, due);
  const done = database.$client
    .prepare<[], { count: number }>("SELECT count(*) AS count FROM run_records WHERE status = 'succeeded'")
    .pluck();
  const server = await start();
  if (Date.now() > at) throw new Error('The server came up later than its timers.');
  await pass(at - Date.now());
  while ((done.get() as unknown as number) < due) await pass(5);
  const wokenMs = Date.now() - at;
  database.$client.close();
  return { wokenMs, server };
}

function addWorkflowThatWaits(database: Database): void {
  const wait = { mode: 'duration', amount: waitDays, unit: 'days' };
  addAccounts(database, [{ name: 'ada' }]);
  addWorkflow(
    database,
    aGraph({ begin: ['begin'], rest: ['wait', wait], end: ['end'] }, [
      'begin.next > rest',
      'rest.next > end',
    ]),
  );
}

/** Runs of which all records wait, as the engine leaves them. */
function addWaiting({ $client }: Database, waiting: number): void {
  const at = Date.now();
  const run = $client.prepare(`
    INSERT INTO runs (key, id, workflow_id, workflow_name, version_id, version_number, status, phase, started_by,
      started_at, is_cancelling, fence)
    VALUES (?, ?, 'wf_1', 'Clean-up', 'ver_1', 1, 'waiting', 'records', 'Bench', ?, 0, 1)`);
  const record = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables, waiting_since,
      wake_at)
    VALUES (?, ?, 'saas_user', 'sus_ada', 'ada@acme.test', 'waiting', '["rest"]', 0, '{}', ?, ?)`);
  $client.transaction(() => {
    for (let i = 0; i < waiting; i += 1) {
      const key = 1 + Math.floor(i / recordsOfRun);
      if (i % recordsOfRun === 0) run.run(key, `run_${key}`, at);
      // No two of them are due in the same moment.
      record.run(key, 1 + (i % recordsOfRun), at + i, at + i + waitDays * dayMs);
    }
  })();
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
