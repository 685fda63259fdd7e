import { and, desc, eq, gt, lt, lte, min, sql } from 'drizzle-orm';
import type { RerunKind } from '#domain/rerun';
import type { BlockCounts, RecordCounts, Run, RunStatus, RunWait } from '#domain/run';
import type { RunReader } from '#engine/run-ports';
import { countRows } from './count.ts';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { prepareWindows, type RecordWindow } from './record-windows.ts';
import { toOrigin } from './reruns.ts';
import { countBlocks, prepareCountsInTurns } from './run-counts.ts';
import { readFamily } from './run-family.ts';
import { createRunRecordLists } from './run-record-lists.ts';
import { columnsOfMany } from './run-rows.ts';
import { createRunSteps } from './run-steps.ts';
import { runRecords, runs, versions, workflows } from './schema.ts';

/** More reasons than anybody reads. */
const mostReasons = 5;
const mostReruns = 5;

/** Runs as people see them: lists, records with their paths, steps with their evidence. */
export function createRunReader(database: Database): RunReader {
  const counts = prepareCountsInTurns(database);
  const lists = createRunRecordLists(database);
  const runSteps = createRunSteps(database);
  const windows = prepareWindows(database);

  const keyOf = (runId: string): number =>
    database.select({ key: runs.key }).from(runs).where(eq(runs.id, runId)).get()?.key ?? -1;

  async function toRun(row: Omit<typeof runs.$inferSelect, 'recordIds'>): Promise<Run> {
    return {
      id: row.id,
      mode: row.mode as Run['mode'],
      workflowId: row.workflowId,
      workflowName: row.workflowName,
      versionId: row.versionId,
      versionNumber: row.versionNumber,
      status: row.status as Run['status'],
      startedBy: row.startedBy,
      startedAt: new Date(row.startedAt).toISOString(),
      finishedAt: toIso(row.finishedAt),
      isCancelling: row.isCancelling && row.finishedAt === null,
      error: row.error,
      counts: (row.counts as RecordCounts | null) ?? (await counts(row.key)),
      planId: row.planId,
      approvalId: row.approvalId,
      origin: toOrigin(row),
    };
  }

  /** Why those of a window wait, and until when. */
  function waitsWithin(key: number, { after, to }: RecordWindow): RunWait[] {
    return database
      .select({ held: runRecords.held, until: min(runRecords.wakeAt), count: sql<number>`count(*)` })
      .from(runRecords)
      .where(
        and(
          eq(runRecords.run, key),
          gt(runRecords.n, after),
          lte(runRecords.n, to),
          eq(runRecords.status, 'waiting'),
        ),
      )
      .groupBy(runRecords.held)
      .all()
      .map(({ until, ...wait }) => ({ ...wait, until: toIso(until) }));
  }

  const activeVersion = database
    .select({
      name: workflows.name,
      versionId: versions.id,
      versionNumber: sql<number>`coalesce(${versions.number}, 0)`,
    })
    .from(workflows)
    .leftJoin(versions, eq(versions.id, workflows.activeVersionId))
    .where(eq(workflows.id, sql.placeholder('workflowId')))
    .prepare();

  return {
    async run(runId) {
      const row = database.select(columnsOfMany).from(runs).where(eq(runs.id, runId)).get();
      return row && toRun(row);
    },

    async list({ limit, cursor, search, workflowId, status, mode = 'run' }) {
      const filter = and(
        eq(runs.mode, mode),
        workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
        status === undefined ? undefined : eq(runs.status, status),
        search === undefined ? undefined : sql`${runs.workflowName} LIKE ${containing(search)} ESCAPE '\\'`,
      );
      const after = cursor === undefined ? undefined : lt(runs.key, Number(fromCursor(cursor)));
      const rows = database
        .select(columnsOfMany)
        .from(runs)
        .where(and(filter, after))
        .orderBy(desc(runs.key))
        .limit(limit + 1)
        .all();
      const page = toPage(
        rows,
        limit,
        countRows(database, runs, filter),
        (row) => row.key,
        (row) => row,
      );
      const items: Run[] = [];
      for (const row of page.items) items.push(await toRun(row));
      return { ...page, items };
    },

    async blocks(runId) {
      const row = database
        .select({ key: runs.key, blocks: runs.blocks })
        .from(runs)
        .where(eq(runs.id, runId))
        .get();
      if (!row) return {};
      return (row.blocks as BlockCounts | null) ?? countBlocks(database, row.key);
    },

    async waits(runId) {
      const key = keyOf(runId);
      const reasons = new Map<string, RunWait>();
      for await (const window of windows(key, -1)) {
        for (const { held, until, count } of waitsWithin(key, window)) {
          const reason = JSON.stringify(held);
          const known = reasons.get(reason);
          if (!known) reasons.set(reason, { held, until, count });
          else {
            known.count += count;
            if (known.until === null || (until !== null && until < known.until)) known.until = until;
          }
        }
      }
      return [...reasons.values()].toSorted((a, b) => b.count - a.count).slice(0, mostReasons);
    },

    async reruns(runId) {
      return database
        .select({ id: runs.id, records: runs.rerun, status: runs.status, startedAt: runs.startedAt })
        .from(runs)
        .where(eq(runs.originId, runId))
        .orderBy(desc(runs.key))
        .limit(mostReruns)
        .all()
        .map(({ records, startedAt, ...row }) => ({
          ...row,
          status: row.status as RunStatus,
          records: records as RerunKind,
          startedAt: new Date(startedAt).toISOString(),
        }));
    },

    family: async (runId) => readFamily(database, runId),

    records: lists.page,
    allRecords: lists.all,

    async record(runId, n) {
      const key = keyOf(runId);
      const record = lists.one(key, n);
      return record && { record, steps: runSteps.ofRecord(key, n) };
    },

    steps: async (runId, query) => runSteps.page(keyOf(runId), query),

    async activeVersion(workflowId) {
      return activeVersion.get({ workflowId });
    },
  };
}

const toIso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
