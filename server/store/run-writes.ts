import { and, eq, gt, inArray, lt, notInArray, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { RecordCounts, RunStatus } from '#domain/run';
import type { Refusal } from '#engine/guard-ports';
import type { StepRow } from '#engine/journal-ports';
import type { RunRow, StartCause } from '#engine/run-store-ports';
import { createChildWrites } from './child-writes.ts';
import type { Database } from './database.ts';
import { takeEvents } from './event-writes.ts';
import type { WrittenEnd, WrittenTransition } from './journal-messages.ts';
import { createNoticeWrites } from './notice-writes.ts';
import { createPlanWrites } from './plan-writes.ts';
import { createRecordWriter } from './record-writer.ts';
import { createRerunWrites } from './rerun-writes.ts';
import { createReservations } from './reservations.ts';
import { prepareCounts } from './run-counts.ts';
import { toRun } from './run-rows.ts';
import { createWaitWrites } from './run-waits.ts';
import { type audit, runRecords, runs, steps } from './schema.ts';
import { decideSlot, writeSlot } from './slot-writes.ts';
import { takeCall } from './webhook-starts.ts';

type AuditRow = typeof audit.$inferInsert;
type NewRecord = { recordType: 'person' | 'saas_user'; recordId: string; label: string };

/** What somebody has to work on. */
export const openStatuses = ['queued', 'running'] as const;

/**
 * Everything that is written about runs, each to be called inside a transaction. Arguments and results are plain data,
 * so that a thread of its own may do the writing.
 */
export function createRunWrites(database: Database) {
  const write = prepareWrites(database);
  const records = createRecordWriter(database);
  const reservations = createReservations(database);
  const notices = createNoticeWrites(database);
  const reruns = createRerunWrites(database);
  const children = createChildWrites(database);

  function append(transition: WrittenTransition): Refusal | null {
    if (write.fence(transition.run) !== transition.fence) {
      throw new AppError(
        'cancelled',
        'Another process has taken this run. What this one did since then is not written.',
      );
    }
    const { run, record, reserve, release } = transition;
    if (release) reservations.release(release);
    const refusal = reserve && reservations.reserve(reserve);
    for (const step of transition.steps) {
      if (refusal && step.status === 'sending') continue;
      write.step(run, record.n, transition.fence, step);
    }
    if (transition.changes.length > 0) {
      records.apply(transition.changes, { kind: 'run', id: transition.runId }, transition.at);
    }
    for (const notice of transition.notifications) notices.tell(notice, transition.at);
    write.record(run, record);
    return refusal;
  }

  return {
    /** Around everything that one transaction writes. */
    begin: reservations.begin,
    end: reservations.end,

    append,
    ...createWaitWrites(database),
    ...createPlanWrites(database, write.newRun),
    takeUpFailed: reruns.takeUpFailed,
    refuseChild: children.refuse,

    create(run: RunRow, begin: string, cause?: StartCause): void {
      if (cause && 'child' in cause) children.take(cause.child, run.id);
      else if (cause && 'hook' in cause) takeCall(database, cause.hook, run.id);
      else if (cause) takeStart(database, cause);
      reruns.checkAlone(run);
      write.newRun(run);
      if (run.rerun === 'failed_step') {
        reruns.takeUpRun(run);
        return;
      }
      write.newRecord(run.key, 0, JSON.stringify([begin]), {
        recordType: 'run',
        recordId: run.id,
        label: run.workflowName,
      });
    },

    take(key: number): RunRow {
      const row = database
        .update(runs)
        .set({ fence: sql`${runs.fence} + 1` })
        .where(eq(runs.key, key))
        .returning()
        .get();
      if (!row) throw new AppError('not_found', 'The run does not exist any more.');
      return toRun(row);
    },

    addRecords(key: number, after: number, pending: string[], chosen: NewRecord[]): number {
      const text = JSON.stringify(pending);
      let n = after;
      for (const record of chosen) {
        n += 1;
        write.newRecord(key, n, text, record);
      }
      return n;
    },

    clearRecords(key: number): void {
      database
        .delete(runRecords)
        .where(and(eq(runRecords.run, key), gt(runRecords.n, 0)))
        .run();
    },

    setPhase(key: number, phase: RunRow['phase'], status: RunStatus): void {
      write.phase(key, phase, status);
    },

    setCancelling(key: number): void {
      database.update(runs).set({ isCancelling: true }).where(eq(runs.key, key)).run();
    },

    finish(
      key: number,
      { isCancelled, error, at, blocks }: WrittenEnd,
    ): { status: RunStatus; counts: RecordCounts } {
      const counts = write.counts(key);
      // Last steps are not waited for; should one not have been written, its record is still to be done.
      if (!isCancelled && counts.queued + counts.running + counts.waiting > 0) {
        throw new AppError(
          'internal',
          'The run cannot end: not all of its records are written. It goes on in a moment.',
        );
      }
      const status = isCancelled ? 'cancelled' : statusOf(counts, error);
      write.finish(key, status, error, at, JSON.stringify(counts), blocks);
      return { status, counts };
    },

    /** Kept with the runs' writes so that a change costs its caller no sync of its own. */
    audit(entry: AuditRow): void {
      write.audit(entry.at, entry.actor, entry.action, entry.target, JSON.stringify(entry.details ?? null));
    },

    /** In one transaction: a record that somebody has settled is never left in a run that nobody works on. */
    reopen(decided: WrittenTransition): void {
      append(decided);
      const key = decided.run;
      database
        .update(runs)
        .set({ status: 'running', phase: phaseAgain(key), finishedAt: null, counts: null, blocks: null })
        .where(eq(runs.key, key))
        .run();
    },

    parkUnclear(key: number, fence: number, at: number, readable: readonly string[]): number {
      const why = 'The server stopped before the answer came, so nobody knows whether it was done.';
      const parked = database
        .update(steps)
        .set({ status: 'needs_attention', error: why })
        .where(
          and(
            eq(steps.run, key),
            eq(steps.status, 'sending'),
            lt(steps.fence, fence),
            notInArray(steps.block, [...readable]),
          ),
        )
        .returning({ n: steps.recordN })
        .all();
      for (const { n } of parked) {
        database
          .update(runRecords)
          .set({ status: 'needs_attention', error: why, finishedAt: at })
          .where(and(eq(runRecords.run, key), eq(runRecords.n, n)))
          .run();
      }
      return parked.length;
    },

    cancelRecords(key: number, at: number): void {
      database
        .update(runRecords)
        .set({ status: 'cancelled', wakeAt: null, held: null, finishedAt: at })
        .where(and(eq(runRecords.run, key), inArray(runRecords.status, [...openStatuses, 'waiting'])))
        .run();
    },
  };
}

/** Where a run that was settled goes on: at its end where only that was open, so that nothing of the end is done again. */
const phaseAgain = (key: number) => sql<RunRow['phase']>`CASE
  WHEN EXISTS (SELECT 1 FROM run_records WHERE run = ${key} AND n = 0 AND status IN ('queued', 'failed'))
    AND NOT EXISTS (SELECT 1 FROM run_records WHERE run = ${key} AND n > 0 AND status IN ('queued', 'running', 'waiting'))
  THEN 'end' ELSE 'records' END`;

/** What the run is started for is taken with it, so that nothing starts it once more. */
function takeStart(
  database: Database,
  cause: Exclude<StartCause, { child: unknown } | { hook: unknown }>,
): void {
  if ('missed' in cause) decideSlot(database, cause.missed);
  else if ('event' in cause) takeEvents(database, cause.event);
  else if (!writeSlot(database, cause.slot)) {
    throw new AppError('conflict', 'The run of this time was started already.');
  }
}

/** A run with a failed record is never green, and one with a parked call waits for a person. */
function statusOf(counts: RecordCounts, error: string | null): RunStatus {
  if (counts.needs_attention > 0) return 'needs_attention';
  return error !== null || counts.failed > 0 ? 'failed' : 'succeeded';
}

export type RunWrites = ReturnType<typeof createRunWrites>;

/**
 * The statements of the hot path, prepared once on the driver itself: a step is written in a few microseconds, of which
 * a query builder's placeholders would take half again as much.
 */
function prepareWrites({ $client }: Database) {
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
