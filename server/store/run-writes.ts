import { and, eq, gt, inArray, lt, notInArray, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { RecordCounts, RunStatus } from '#domain/run';
import type { Refusal } from '#engine/guard-ports';
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
import { toRun } from './run-rows.ts';
import { prepareRunStatements } from './run-statements.ts';
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
  const write = prepareRunStatements(database);
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
