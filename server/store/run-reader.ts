import { and, asc, desc, eq, gt, lt, min, type SQL, sql } from 'drizzle-orm';
import type { RerunKind } from '#domain/rerun';
import type { BlockCounts, RecordCounts, Run, RunStatus, RunWait } from '#domain/run';
import type { RunReader } from '#engine/run-ports';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { toOrigin } from './reruns.ts';
import { countBlocks, prepareCounts } from './run-counts.ts';
import { readFamily } from './run-family.ts';
import { createRunRecordLists, toRecords } from './run-record-lists.ts';
import { runRecords, runs, steps, versions, workflows } from './schema.ts';
import { toShownStep } from './shown-steps.ts';

/** More reasons than anybody reads. */
const mostReasons = 5;
const mostReruns = 5;

/** Runs as people see them: lists, records with their paths, steps with their evidence. */
export function createRunReader(database: Database): RunReader {
  const counts = prepareCounts(database.$client);
  const lists = createRunRecordLists(database);
  const countAll = (table: typeof runs | typeof runRecords | typeof steps, where: SQL | undefined): number =>
    database.select({ count: sql<number>`count(*)` }).from(table).where(where).get()?.count ?? 0;

  const keyOf = (runId: string): number =>
    database.select({ key: runs.key }).from(runs).where(eq(runs.id, runId)).get()?.key ?? -1;

  function toRun(row: typeof runs.$inferSelect): Run {
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
      counts: (row.counts as RecordCounts | null) ?? counts(row.key),
      planId: row.planId,
      approvalId: row.approvalId,
      origin: toOrigin(row),
    };
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
      const row = database.select().from(runs).where(eq(runs.id, runId)).get();
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
        .select()
        .from(runs)
        .where(and(filter, after))
        .orderBy(desc(runs.key))
        .limit(limit + 1)
        .all();
      return toPage(rows, limit, countAll(runs, filter), (row) => row.key, toRun);
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
      const rows = database
        .select({
          held: runRecords.held,
          until: min(runRecords.wakeAt),
          count: sql<number>`count(*)`,
        })
        .from(runRecords)
        .where(and(eq(runRecords.run, keyOf(runId)), eq(runRecords.status, 'waiting')))
        .groupBy(runRecords.held)
        .orderBy(sql`count(*) DESC`)
        .limit(mostReasons)
        .all();
      return rows.map(({ held, until, count }): RunWait => ({ held, until: toIso(until), count }));
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
      const row = database
        .select()
        .from(runRecords)
        .where(and(eq(runRecords.run, key), eq(runRecords.n, n)))
        .get();
      const [record] = row ? toRecords(database, key, [row]) : [];
      if (!record) return undefined;
      const rows = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, key), eq(steps.recordN, n)))
        .orderBy(asc(steps.n))
        .all();
      return { record, steps: rows.map((one) => toShownStep(one, rows)) };
    },

    async steps(runId, { limit, cursor }) {
      const key = keyOf(runId);
      const filter = eq(steps.run, key);
      const after = cursor === undefined ? undefined : gt(steps.id, Number(fromCursor(cursor)));
      const rows = database
        .select()
        .from(steps)
        .where(and(filter, after))
        .orderBy(asc(steps.id))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        countAll(steps, filter),
        (row) => row.id,
        (row) => toShownStep(row, rows),
      );
    },

    async activeVersion(workflowId) {
      return activeVersion.get({ workflowId });
    },
  };
}

const toIso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
