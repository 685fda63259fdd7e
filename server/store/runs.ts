import { and, asc, eq, isNotNull, max, min, sql } from 'drizzle-orm';
import type { Transition } from '#engine/journal-ports';
import type { RecordRow, RunStore } from '#engine/run-store-ports';
import type { Database } from './database.ts';
import type { Journal } from './journal.ts';
import type { WrittenTransition } from './journal-messages.ts';
import { createRunChecksStore } from './run-checks.ts';
import { countBlocks, countWaiting, prepareCountsInTurns } from './run-counts.ts';
import { columnsOfMany, toRecord, toRun, toStep } from './run-rows.ts';
import { openStatuses } from './run-writes.ts';
import { runRecords, runs, steps } from './schema.ts';

/** A record with its JSON columns as text. */
type StoredRecord = Omit<RecordRow, 'pending' | 'variables' | 'waits'> & {
  pending: string;
  variables: string;
  waitingSince: number | null;
};

/** Where the variables of a page of records are over this, it ends: together they may be a hundred megabytes. */
const longestPage = 4 * 1024 * 1024;

/** Runs, their records and their journal. Reads come from the database, writes go through the group commit. */
export function createRunStore(database: Database, journal: Journal): RunStore {
  // One process works with a data folder, so keys can be given out here and no commit is waited for.
  let lastKey =
    database
      .select({ key: max(runs.key) })
      .from(runs)
      .get()?.key ?? 0;

  // Every record of a large run passes here: read on the driver itself, as the journal's statements are.
  const nextRecords = database.$client.prepare<[number, number, number], StoredRecord>(`
    SELECT n, record_type AS recordType, record_id AS recordId, label, status, pending, steps, variables, error,
      waiting_since AS waitingSince, finished_at AS finishedAt
    FROM run_records
    WHERE run = ? AND n > ? AND status IN (${openStatuses.map((status) => `'${status}'`).join(', ')})
    ORDER BY n LIMIT ?`);

  const counts = prepareCountsInTurns(database);

  return {
    create(run, begin, cause) {
      lastKey += 1;
      const row = { ...run, key: lastKey, isCancelling: false, fence: 1, ...nothingYet };
      return { row, saved: journal.commit('create', row, begin, cause) };
    },
    take: (key) => journal.commit('take', key),
    append: (transition) => journal.commit('append', toWritten(transition)),
    addRecords: (key, after, pending, chosen) => journal.commit('addRecords', key, after, pending, chosen),
    takeUpFailed: (key, leading, after, limit) => journal.commit('takeUpFailed', key, leading, after, limit),
    clearRecords: (key) => journal.commit('clearRecords', key),
    setPhase: (key, phase, status) => journal.commit('setPhase', key, phase, status),
    setCancelling: (key) => journal.commit('setCancelling', key),
    finish: (key, end) =>
      journal.commit('finish', key, { ...end, blocks: end.blocks && JSON.stringify(end.blocks) }),
    reopen: (decided) => journal.commit('reopen', toWritten(decided)),
    rest: (key, of) => journal.commit('rest', key, of),
    wakeDue: (now, limit) => journal.commit('wakeDue', now, limit),
    release: (key, code, limit) => journal.commit('release', key, code, limit),
    planFirst(first) {
      lastKey += 1;
      return journal.commit('planFirst', first, {
        ...first.child,
        key: lastKey,
        isCancelling: false,
        fence: 1,
        ...nothingYet,
      });
    },
    refuseChild: (start, error) => journal.commit('refuseChild', start, error),
    rehold: (key, code, held) => journal.commit('rehold', key, code, held),
    ...createRunChecksStore(database),
    parkUnclear: (key, fence, at, readable) => journal.commit('parkUnclear', key, fence, at, readable),
    cancelRecords: (key, at) => journal.commit('cancelRecords', key, at),

    async find(runId) {
      const row = database.select().from(runs).where(eq(runs.id, runId)).get();
      return row && toRun(row);
    },

    async unfinished() {
      return database
        .select(columnsOfMany)
        .from(runs)
        .where(sql`finished_at IS NULL AND status <> 'waiting'`)
        .orderBy(asc(runs.key))
        .all()
        .map(toRun);
    },

    async record(key, n) {
      const row = database
        .select()
        .from(runRecords)
        .where(and(eq(runRecords.run, key), eq(runRecords.n, n)))
        .get();
      return row && toRecord(row);
    },

    async nextRecords(key, after, limit) {
      const rows: RecordRow[] = [];
      let length = 0;
      for (const stored of nextRecords.iterate(key, after, limit)) {
        const { pending, variables, waitingSince, ...row } = stored;
        rows.push({
          ...row,
          waits: waitingSince === null ? null : { since: waitingSince, wakeAt: null, held: null },
          pending: JSON.parse(pending) as string[],
          variables: variables === '{}' ? {} : (JSON.parse(variables) as Record<string, unknown>),
        });
        length += variables.length;
        if (length > longestPage) break;
      }
      return rows;
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

    async step(key, n, step) {
      const row = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, key), eq(steps.recordN, n), eq(steps.n, step)))
        .get();
      return row && toStep(row);
    },

    async nextWakeAt() {
      const next = database
        .select({ at: min(runRecords.wakeAt) })
        .from(runRecords)
        .where(isNotNull(runRecords.wakeAt))
        .get();
      return next?.at ?? null;
    },

    waitingAt: (key) => countWaiting(database, key),
    counts,
    blockCounts: (key) => countBlocks(database, key),
  };
}

const nothingYet = { finishedAt: null, error: null, planId: null, approvalId: null };

/** A copy of all that may still change: the record goes on while this is on its way. */
function toWritten(transition: Transition): WrittenTransition {
  const { n, status, pending, steps: count, variables, error, waits, finishedAt } = transition.record;
  const texts = { pending: JSON.stringify(pending), variables: JSON.stringify(variables) };
  return { ...transition, record: { n, status, ...texts, steps: count, error, waits, finishedAt } };
}
