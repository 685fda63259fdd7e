import { type RunRecord, recordCountsSchema } from '#domain/run';
import type { RunReader } from '#engine/run-ports';
import type { RunRecordsFilter } from '#engine/run-service';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { prepareWindows } from './record-windows.ts';
import { toShownWaits } from './run-rows.ts';

const filePage = 250;

/** A record of a run as its row says it, JSON columns as text. */
interface ShownRow extends Omit<RunRecord, 'path' | 'waits' | 'finishedAt'> {
  waitingSince: number | null;
  wakeAt: number | null;
  held: string | null;
  finishedAt: number | null;
}

const columns = `r.n, r.record_type AS recordType, r.record_id AS recordId, r.label, r.status, r.error,
  r.waiting_since AS waitingSince, r.wake_at AS wakeAt, r.held, r.finished_at AS finishedAt`;

/** Records of runs: one, a page of those that fit for screens, all of them for files. */
export interface RunRecordLists {
  one(key: number, n: number): RunRecord | undefined;
  page: RunReader['records'];
  all: RunReader['allRecords'];
}

/**
 * A run may have a hundred thousand records, and what a filter asks for has no index: they are read by their numbers,
 * some at a time, on the driver itself.
 */
export function createRunRecordLists(database: Database): RunRecordLists {
  const { $client } = database;
  const windows = prepareWindows(database);
  const run = $client.prepare<[string], { key: number; counts: string | null }>(
    'SELECT key, counts FROM runs WHERE id = ?',
  );
  const row = $client.prepare<[number, number], ShownRow>(
    `SELECT ${columns} FROM run_records r WHERE r.run = ? AND r.n = ?`,
  );
  const path = $client.prepare<[number, number], RunRecord['path'][number]>(
    'SELECT block, exit FROM steps WHERE run = ? AND record_n = ? ORDER BY n',
  );

  const toRecord = (key: number, { waitingSince, wakeAt, held, ...shown }: ShownRow): RunRecord => ({
    ...shown,
    path: path.all(key, shown.n),
    waits: toShownWaits({
      ...{ status: shown.status, waitingSince, wakeAt },
      held: held === null ? null : JSON.parse(held),
    }),
    finishedAt: shown.finishedAt === null ? null : new Date(shown.finishedAt).toISOString(),
  });

  function one(key: number, n: number): RunRecord | undefined {
    const found = row.get(key, n);
    return found && toRecord(key, found);
  }

  /** Reads from the records of a window what is asked for of those that fit. */
  function prepareFilter(what: string, filter: RunRecordsFilter) {
    const statement = $client.prepare(`SELECT ${what} FROM run_records r
      WHERE r.run = @key AND r.n > @after AND r.n <= @to ${conditionsOf(filter)} ORDER BY r.n`);
    const values = { ...filter, search: filter.search && containing(filter.search) };
    return { statement, values };
  }

  /** How many records fit. A run that has ended knows it by status. */
  function knownTotal(counts: string | null, { status, ...other }: RunRecordsFilter): number | null {
    if (counts === null || Object.values(other).some((value) => value !== undefined)) return null;
    return recordCountsSchema.parse(JSON.parse(counts))[status ?? 'total'];
  }

  return {
    one,

    async page(runId, { limit, cursor, ...filter }) {
      const { key, counts } = run.get(runId) ?? { key: -1, counts: null };
      const from = cursor === undefined ? 0 : Number(fromCursor(cursor));
      const known = knownTotal(counts, filter);
      const { statement, values } = prepareFilter('r.n', filter);
      const numbers: number[] = [];
      let counted = 0;
      for await (const window of windows(key, known === null ? 0 : from)) {
        const fitting = statement.pluck().all({ ...values, key, ...window }) as number[];
        counted += fitting.length;
        for (const n of fitting) if (n > from && numbers.length <= limit) numbers.push(n);
        if (known !== null && numbers.length > limit) break;
      }
      const same = (n: number) => n;
      const page = toPage(numbers, limit, known ?? counted, same, same);
      return { ...page, items: page.items.flatMap((n) => one(key, n) ?? []) };
    },

    async *all(runId, filter) {
      const { key } = run.get(runId) ?? { key: -1 };
      const { statement, values } = prepareFilter(columns, filter);
      for await (const window of windows(key, 0, filePage)) {
        const rows = statement.all({ ...values, key, ...window }) as ShownRow[];
        if (rows.length > 0) yield rows.map((found) => toRecord(key, found));
      }
    },
  };
}

function conditionsOf({ search, status, block, exit }: RunRecordsFilter): string {
  const passed = `AND EXISTS (SELECT 1 FROM steps s WHERE s.run = r.run AND s.record_n = r.n AND s.block = @block
    ${exit === undefined ? '' : 'AND s.exit = @exit'})`;
  return [
    status === undefined ? '' : 'AND r.status = @status',
    search === undefined ? '' : `AND r.label LIKE @search ESCAPE '\\'`,
    block === undefined ? '' : passed,
  ].join(' ');
}
