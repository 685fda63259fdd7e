import type { PlanFirst, RunRow } from '#engine/run-store-ports';
import type { Database } from './database.ts';

/** What is written when a run plans first, to be called inside a transaction. */
export function createPlanWrites({ $client }: Database, insertRun: (run: RunRow) => void) {
  const chosen = {
    queued: "status = 'queued' AND n > 0",
    limit: "status = 'waiting' AND held IS NOT NULL AND json_extract(held, '$.code') = 'limit'",
  };
  const copy = (which: string) =>
    $client.prepare(`
      INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
      SELECT ?, n, record_type, record_id, label, 'queued', pending, 0, variables
      FROM run_records WHERE run = ? AND ${which}`);
  const copies = { queued: copy(chosen.queued), limit: copy(chosen.limit) };
  // The run itself is at its end already: what happens once has happened.
  const copyRun = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
    SELECT ?, n, record_type, ?, label, 'succeeded', '[]', 0, variables FROM run_records WHERE run = ? AND n = 0`);
  const hold = (which: string) =>
    $client.prepare(`
      UPDATE run_records SET status = 'waiting', waiting_since = ?, wake_at = NULL, held = ? WHERE run = ? AND ${which}`);
  const holds = { queued: hold(chosen.queued), limit: hold(chosen.limit) };
  const wait = $client.prepare(
    "UPDATE runs SET status = 'waiting', phase = 'records', plan_id = ?, approval_id = NULL WHERE key = ?",
  );

  return {
    planFirst({ parent, of, held, at }: PlanFirst, child: RunRow): RunRow {
      insertRun(child);
      copyRun.run(child.key, child.id, parent);
      copies[of].run(child.key, parent);
      holds[of].run(at, JSON.stringify(held), parent);
      wait.run(child.id, parent);
      return child;
    },
  };
}
