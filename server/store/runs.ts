import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { newId } from '#domain/ids';
import type { BlockCounts, RecordCounts, RunStatus, StepStatus } from '#domain/run';
import type { RecordRow, RecordState, RunRow, RunStore, StepRow, Transition } from '#engine/ports';
import type { Database } from './database.ts';
import type { Journal } from './journal.ts';
import { createRecordWriter } from './record-writer.ts';
import { notifications, runRecords, runs, steps } from './schema.ts';

const unfinished = ['queued', 'running'] as const;

/** Runs, their records and their journal. Everything the engine waits for goes through the group commit. */
export function createRunStore(database: Database, journal: Journal): RunStore {
  const write = prepareWrites(database);
  const records = createRecordWriter(database);

  function apply(transition: Transition, fence: number | undefined): void {
    if (fence !== transition.fence) {
      throw new AppError(
        'cancelled',
        'Another process has taken this run. What this one did since then is not written.',
      );
    }
    const { run, record } = transition;
    for (const step of transition.steps) write.step(run, record.n, transition.fence, step);
    if (transition.changes.length > 0) {
      records.apply(transition.changes, { kind: 'run', id: transition.runId }, transition.at);
    }
    for (const notification of transition.notifications) {
      database
        .insert(notifications)
        .values({ ...notification, id: newId('notification'), at: transition.at, isRead: false })
        .run();
    }
    write.record(run, record);
  }

  return {
    create: (run, begin) =>
      journal.commit(() => {
        const row = database
          .insert(runs)
          .values({ ...run, isCancelling: false, fence: 1 })
          .returning()
          .get();
        database
          .insert(runRecords)
          .values({
            run: row.key,
            n: 0,
            recordType: 'run',
            recordId: run.id,
            label: run.workflowName,
            status: 'queued',
            pending: [begin],
            steps: 0,
            variables: {},
          })
          .run();
        return toRun(row);
      }),

    async find(runId) {
      const row = database.select().from(runs).where(eq(runs.id, runId)).get();
      return row && toRun(row);
    },

    take: (key) =>
      journal.commit(() => {
        const row = database
          .update(runs)
          .set({ fence: sql`${runs.fence} + 1` })
          .where(eq(runs.key, key))
          .returning()
          .get();
        if (!row) throw new AppError('not_found', 'The run does not exist any more.');
        return toRun(row);
      }),

    async unfinished() {
      return database
        .select()
        .from(runs)
        .where(isNull(runs.finishedAt))
        .orderBy(asc(runs.key))
        .all()
        .map(toRun);
    },

    append: (transition) => journal.commit(() => apply(transition, write.fence(transition.run))),

    addRecords: (key, after, pending, chosen) =>
      journal.commit(() => {
        const text = JSON.stringify(pending);
        let n = after;
        for (const record of chosen) {
          n += 1;
          write.newRecord(key, n, text, record);
        }
        return n;
      }),

    clearRecords: (key) =>
      journal.commit(() => {
        database
          .delete(runRecords)
          .where(and(eq(runRecords.run, key), gt(runRecords.n, 0)))
          .run();
      }),

    setPhase: (key, phase, status) =>
      journal.commit(() => {
        database.update(runs).set({ phase, status }).where(eq(runs.key, key)).run();
      }),

    setCancelling: (key) =>
      journal.commit(() => {
        database.update(runs).set({ isCancelling: true }).where(eq(runs.key, key)).run();
      }),

    finish: (key, { status, error, at, counts, blocks }) =>
      journal.commit(() => {
        database
          .update(runs)
          .set({ status, error, finishedAt: at, counts, blocks, phase: 'end' })
          .where(eq(runs.key, key))
          .run();
      }),

    reopen: (key) =>
      journal.commit(() => {
        database
          .update(runs)
          .set({ status: 'running', phase: 'records', finishedAt: null, counts: null, blocks: null })
          .where(eq(runs.key, key))
          .run();
      }),

    async record(key, n) {
      const row = database
        .select()
        .from(runRecords)
        .where(and(eq(runRecords.run, key), eq(runRecords.n, n)))
        .get();
      return row && toRecord(row);
    },

    async nextRecords(key, after, limit) {
      return database
        .select()
        .from(runRecords)
        .where(
          and(eq(runRecords.run, key), gt(runRecords.n, after), inArray(runRecords.status, [...unfinished])),
        )
        .orderBy(asc(runRecords.n))
        .limit(limit)
        .all()
        .map(toRecord);
    },

    async lastStep(key, n) {
      const row = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, key), eq(steps.recordN, n)))
        .orderBy(sql`${steps.n} DESC`)
        .limit(1)
        .get();
      return row && toStep(row);
    },

    parkUnclear: (key, fence, at) =>
      journal.commit(() => {
        const why = 'The server stopped before the answer came, so nobody knows whether it was done.';
        const parked = database
          .update(steps)
          .set({ status: 'needs_attention', error: why })
          .where(and(eq(steps.run, key), eq(steps.status, 'sending'), lt(steps.fence, fence)))
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
      }),

    cancelRecords: (key, at) =>
      journal.commit(() => {
        database
          .update(runRecords)
          .set({ status: 'cancelled', finishedAt: at })
          .where(and(eq(runRecords.run, key), inArray(runRecords.status, [...unfinished])))
          .run();
      }),

    counts: async (key) => countRecords(database, key),
    blockCounts: async (key) => countBlocks(database, key),
  };
}

/** Records of a run by status; the run's own record 0 is not one of them. */
export function countRecords(database: Database, key: number): RecordCounts {
  const counts: RecordCounts = {
    total: 0,
    queued: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    needs_attention: 0,
  };
  const rows = database
    .select({ status: runRecords.status, count: sql<number>`count(*)` })
    .from(runRecords)
    .where(and(eq(runRecords.run, key), gt(runRecords.n, 0)))
    .groupBy(runRecords.status)
    .all();
  for (const { status, count } of rows) {
    counts[status as keyof RecordCounts] += count;
    counts.total += count;
  }
  return counts;
}

/** How often each block of a run ended by each exit, read from the journal. */
export function countBlocks(database: Database, key: number): BlockCounts {
  const rows = database
    .select({ block: steps.block, status: steps.status, exit: steps.exit, count: sql<number>`count(*)` })
    .from(steps)
    .where(eq(steps.run, key))
    .groupBy(steps.block, steps.status, steps.exit)
    .all();
  const counts: BlockCounts = {};
  for (const { block, status, exit, count } of rows) {
    counts[block] ??= { active: 0, exits: {}, needsAttention: 0 };
    const of = counts[block];
    if (exit !== null) of.exits[exit] = (of.exits[exit] ?? 0) + count;
    if (status === 'needs_attention') of.needsAttention += count;
  }
  return counts;
}

function toRun(row: typeof runs.$inferSelect): RunRow {
  const { counts: _counts, blocks: _blocks, ...rest } = row;
  return { ...rest, status: row.status as RunStatus, phase: row.phase as RunRow['phase'] };
}

function toRecord(row: typeof runRecords.$inferSelect): RecordRow {
  const { run: _run, ...rest } = row;
  return {
    ...rest,
    recordType: row.recordType as RecordRow['recordType'],
    status: row.status as RecordRow['status'],
  };
}

function toStep(row: typeof steps.$inferSelect): StepRow {
  const { id: _id, run: _run, recordN: _recordN, fence: _fence, ...rest } = row;
  return { ...rest, status: row.status as StepStatus };
}

/**
 * The statements of the hot path, prepared once on the driver itself: a step is written in a few microseconds, of which
 * a query builder's placeholders would take half again as much.
 */
function prepareWrites({ $client }: Database) {
  const fence = $client.prepare<[number], { fence: number }>('SELECT fence FROM runs WHERE key = ?');
  const step = $client.prepare(`
    INSERT INTO steps (run, record_n, n, block, status, exit, attempts, fence, started_at, duration_ms, note, error, request, answer, changes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run, record_n, n) DO UPDATE SET
      status = excluded.status, exit = excluded.exit, attempts = excluded.attempts, fence = excluded.fence,
      started_at = excluded.started_at, duration_ms = excluded.duration_ms, note = excluded.note, error = excluded.error,
      request = excluded.request, answer = excluded.answer, changes = excluded.changes`);
  const record = $client.prepare(
    'UPDATE run_records SET status = ?, pending = ?, steps = ?, variables = ?, error = ?, finished_at = ? WHERE run = ? AND n = ?',
  );
  const newRecord = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
    VALUES (?, ?, ?, ?, ?, 'queued', ?, 0, '{}')`);

  return {
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
      );
    },
    record(
      run: number,
      { n, status, pending, steps: count, variables, error, finishedAt }: RecordState,
    ): void {
      record.run(
        status,
        JSON.stringify(pending),
        count,
        JSON.stringify(variables),
        error,
        finishedAt,
        run,
        n,
      );
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
