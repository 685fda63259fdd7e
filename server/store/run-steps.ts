import { and, asc, eq, sql } from 'drizzle-orm';
import type { Step } from '#domain/run';
import type { RunReader } from '#engine/run-ports';
import { fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { prepareWindows } from './record-windows.ts';
import { steps } from './schema.ts';
import { toShownStep } from './shown-steps.ts';

/** The journal of one run as people see it, by record and then in the order in which it happened. */
export function createRunSteps(database: Database): {
  ofRecord(key: number, n: number): Step[];
  page(key: number, query: Parameters<RunReader['steps']>[1]): ReturnType<RunReader['steps']>;
} {
  const windows = prepareWindows(database);
  const within = database.$client
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM steps WHERE run = ? AND record_n > ? AND record_n <= ?',
    )
    .pluck();

  return {
    ofRecord(key, n) {
      const rows = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, key), eq(steps.recordN, n)))
        .orderBy(asc(steps.n))
        .all();
      return rows.map((one) => toShownStep(one, rows));
    },

    async page(key, { limit, cursor }) {
      let total = 0;
      for await (const { after, to } of windows(key, -1)) total += within.get(key, after, to) ?? 0;
      const [recordN, n] = cursor === undefined ? [-1, 0] : toPlace(fromCursor(cursor));
      const rows = database
        .select()
        .from(steps)
        .where(and(eq(steps.run, key), sql`(${steps.recordN}, ${steps.n}) > (${recordN}, ${n})`))
        .orderBy(asc(steps.recordN), asc(steps.n))
        .limit(limit + 1)
        .all();
      return toPage(
        rows,
        limit,
        total,
        (row) => `${row.recordN}.${row.n}`,
        (row) => toShownStep(row, rows),
      );
    },
  };
}

function toPlace(place: string | number): [recordN: number, n: number] {
  const [recordN = 0, n = 0] = String(place).split('.').map(Number);
  return [recordN, n];
}
