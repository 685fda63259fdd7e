import { eq, sql } from 'drizzle-orm';
import { type BlockCounts, noRecords, type RecordCounts } from '#domain/run';
import type { Database } from './database.ts';
import { steps } from './schema.ts';

/** Sums the records of a run by status; the run's own record 0 is not one of them. */
export function prepareCounts(client: Database['$client']): (key: number) => RecordCounts {
  const sums = client.prepare<[number], { status: keyof RecordCounts; count: number }>(
    'SELECT status, count(*) AS count FROM run_records WHERE run = ? AND n > 0 GROUP BY status',
  );
  return (key) => {
    const counts = { ...noRecords };
    for (const { status, count } of sums.all(key)) {
      counts[status] += count;
      counts.total += count;
    }
    return counts;
  };
}

/** How many records of a run wait at each block: the first of those that they go to next. */
export function countWaiting({ $client }: Database, key: number): Map<string, number> {
  const rows = $client
    .prepare<[number], { block: string; count: number }>(
      `SELECT json_extract(pending, '$[0]') AS block, count(*) AS count
      FROM run_records WHERE run = ? AND status = 'waiting' GROUP BY block`,
    )
    .all(key);
  return new Map(rows.map(({ block, count }) => [block, count]));
}

/** How often each block of a run ended by each exit, read from the journal, and what waits at it. */
export function countBlocks(database: Database, key: number): BlockCounts {
  const rows = database
    .select({ block: steps.block, status: steps.status, exit: steps.exit, count: sql<number>`count(*)` })
    .from(steps)
    .where(eq(steps.run, key))
    .groupBy(steps.block, steps.status, steps.exit)
    .all();
  const counts: BlockCounts = {};
  const countsOf = (block: string) => {
    counts[block] ??= { active: 0, waiting: 0, exits: {}, needsAttention: 0 };
    return counts[block];
  };
  for (const [block, count] of countWaiting(database, key)) countsOf(block).waiting = count;
  for (const { block, status, exit, count } of rows) {
    const of = countsOf(block);
    if (exit !== null) of.exits[exit] = (of.exits[exit] ?? 0) + count;
    if (status === 'needs_attention') of.needsAttention += count;
  }
  return counts;
}
