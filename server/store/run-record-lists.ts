import { and, asc, eq, exists, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { type RunRecord, recordCountsSchema } from '#domain/run';
import type { RunReader } from '#engine/run-ports';
import type { RunRecordsFilter } from '#engine/run-service';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { toShownWaits } from './run-rows.ts';
import { runRecords, runs, steps } from './schema.ts';

const filePage = 250;

/** The records of runs, filtered: a page at a time for screens, all of them for files. */
export function createRunRecordLists(database: Database): {
  page: RunReader['records'];
  all: RunReader['allRecords'];
} {
  const runOf = (runId: string) =>
    database.select({ key: runs.key, counts: runs.counts }).from(runs).where(eq(runs.id, runId)).get() ?? {
      key: -1,
      counts: null,
    };

  function toWhere(key: number, { search, status, block, exit }: RunRecordsFilter): SQL | undefined {
    const passed =
      block === undefined
        ? undefined
        : exists(
            database
              .select({ n: steps.n })
              .from(steps)
              .where(
                and(
                  eq(steps.run, key),
                  eq(steps.recordN, runRecords.n),
                  eq(steps.block, block),
                  exit === undefined ? undefined : eq(steps.exit, exit),
                ),
              ),
          );
    return and(
      eq(runRecords.run, key),
      gt(runRecords.n, 0),
      status === undefined ? undefined : eq(runRecords.status, status),
      search === undefined ? undefined : sql`${runRecords.label} LIKE ${containing(search)} ESCAPE '\\'`,
      passed,
    );
  }

  const read = (where: SQL | undefined, after: number, limit: number) =>
    database
      .select()
      .from(runRecords)
      .where(and(where, gt(runRecords.n, after)))
      .orderBy(asc(runRecords.n))
      .limit(limit)
      .all();

  /** How many records fit. A run that has ended knows it by status; whatever else is asked for is counted. */
  function totalOf(counts: unknown, { status, ...other }: RunRecordsFilter, where: SQL | undefined) {
    const isCounted = counts !== null && Object.values(other).every((value) => value === undefined);
    if (isCounted) return recordCountsSchema.parse(counts)[status ?? 'total'];
    return database.select({ count: sql<number>`count(*)` }).from(runRecords).where(where).get()?.count ?? 0;
  }

  return {
    async page(runId, { limit, cursor, ...filter }) {
      const { key, counts } = runOf(runId);
      const where = toWhere(key, filter);
      const rows = read(where, cursor === undefined ? 0 : Number(fromCursor(cursor)), limit + 1);
      const page = toPage(
        rows,
        limit,
        totalOf(counts, filter, where),
        (row) => row.n,
        (row) => row,
      );
      return { ...page, items: toRecords(database, key, page.items) };
    },

    async *all(runId, filter) {
      const { key } = runOf(runId);
      const where = toWhere(key, filter);
      for (let after = 0; ; ) {
        const rows = read(where, after, filePage);
        if (rows.length > 0) yield toRecords(database, key, rows);
        if (rows.length < filePage) return;
        after = rows.at(-1)!.n;
      }
    },
  };
}

/** Records of a run with the path that each took. */
export function toRecords(
  database: Database,
  key: number,
  rows: (typeof runRecords.$inferSelect)[],
): RunRecord[] {
  const numbers = rows.map((row) => row.n);
  const taken = database
    .select({ recordN: steps.recordN, block: steps.block, exit: steps.exit })
    .from(steps)
    .where(and(eq(steps.run, key), inArray(steps.recordN, numbers)))
    .orderBy(asc(steps.recordN), asc(steps.n))
    .all();
  const paths = new Map<number, RunRecord['path']>(numbers.map((n) => [n, []]));
  for (const { recordN, block, exit } of taken) paths.get(recordN)?.push({ block, exit });
  return rows.map((row) => ({
    n: row.n,
    recordType: row.recordType === 'person' ? 'person' : 'saas_user',
    recordId: row.recordId,
    label: row.label,
    status: row.status as RunRecord['status'],
    path: paths.get(row.n) ?? [],
    error: row.error,
    waits: toShownWaits(row),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
  }));
}
