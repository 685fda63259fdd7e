import type { RunStatus } from '#domain/run';
import type { StepRow } from '#engine/journal-ports';
import type { RunRow } from '#engine/run-store-ports';
import type { Database } from './database.ts';
import type { WrittenTransition } from './journal-messages.ts';
import { prepareCounts } from './run-counts.ts';

/**
 * The statements of the hot path, prepared once on the driver itself: a step is written in a few microseconds, of which
 * a query builder's placeholders would take half again as much.
 */
export function prepareRunStatements({ $client }: Database) {
  const fence = $client.prepare<[number], { fence: number }>('SELECT fence FROM runs WHERE key = ?');
  const step = $client.prepare(`
    INSERT INTO steps (run, record_n, n, block, status, exit, attempts, fence, started_at, duration_ms, note, error, request, answer, changes, effect, before)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run, record_n, n) DO UPDATE SET
      status = excluded.status, exit = excluded.exit, attempts = excluded.attempts, fence = excluded.fence,
      started_at = excluded.started_at, duration_ms = excluded.duration_ms, note = excluded.note, error = excluded.error,
      request = excluded.request, answer = excluded.answer, changes = excluded.changes, effect = excluded.effect, before = excluded.before`);
  const record = $client.prepare(
    `UPDATE run_records SET status = ?, pending = ?, steps = ?, variables = ?, error = ?, waiting_since = ?, wake_at = ?,
      held = ?, finished_at = ? WHERE run = ? AND n = ?`,
  );
  const newRecord = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
    VALUES (?, ?, ?, ?, ?, 'queued', ?, 0, '{}')`);

  const newRun = $client.prepare(`
    INSERT INTO runs (key, id, workflow_id, workflow_name, version_id, version_number, status, phase, started_by, started_at,
      is_cancelling, fence, record_ids, mode, lane, starter_id, origin_id, rerun, depth, parent_step, globals)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const audit = $client.prepare(
    'INSERT INTO audit (at, actor, action, target, details) VALUES (?, ?, ?, ?, ?)',
  );
  const phase = $client.prepare('UPDATE runs SET phase = ?, status = ? WHERE key = ?');
  const finish = $client.prepare(
    "UPDATE runs SET status = ?, error = ?, finished_at = ?, counts = ?, blocks = ?, phase = 'end' WHERE key = ?",
  );

  return {
    counts: prepareCounts($client),
    newRun(run: RunRow): void {
      newRun.run(
        run.key,
        run.id,
        run.workflowId,
        run.workflowName,
        run.versionId,
        run.versionNumber,
        run.status,
        run.phase,
        run.startedBy,
        run.startedAt,
        run.fence,
        run.recordIds === null ? null : JSON.stringify(run.recordIds),
        run.mode,
        run.lane,
        run.starterId,
        run.originId,
        run.rerun,
        run.depth,
        run.parentStep,
        JSON.stringify(run.globals),
      );
    },
    audit(at: number, actor: string, action: string, target: string, details: string): void {
      audit.run(at, actor, action, target, details);
    },
    phase(key: number, to: RunRow['phase'], status: RunStatus): void {
      phase.run(to, status, key);
    },
    finish(
      key: number,
      status: RunStatus,
      error: string | null,
      at: number,
      counts: string,
      blocks: string | null,
    ): void {
      finish.run(status, error, at, counts, blocks, key);
    },
    fence: (run: number): number | undefined => fence.get(run)?.fence,
    step(run: number, recordN: number, fenceNow: number, row: StepRow): void {
      step.run(
        run,
        recordN,
        row.n,
        row.block,
        row.status,
        row.exit,
        row.attempts,
        fenceNow,
        row.startedAt,
        row.durationMs,
        row.note,
        row.error,
        row.request,
        row.answer,
        row.changes,
        row.effect,
        row.before,
      );
    },
    record(run: number, row: WrittenTransition['record']): void {
      const { n, status, pending, steps: count, variables, error, waits, finishedAt } = row;
      const held = waits?.held ? JSON.stringify(waits.held) : null;
      const [since, wakeAt] = [waits?.since ?? null, waits?.wakeAt ?? null];
      record.run(status, pending, count, variables, error, since, wakeAt, held, finishedAt, run, n);
    },
    newRecord(
      run: number,
      n: number,
      pending: string,
      chosen: { recordType: string; recordId: string; label: string },
    ): void {
      newRecord.run(run, n, chosen.recordType, chosen.recordId, chosen.label, pending);
    },
  };
}
