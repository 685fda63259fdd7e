import { eq, sql } from 'drizzle-orm';
import type { BlockCounts, RecordCounts } from '#domain/run';
import type { Database } from './database.ts';
import { steps } from './schema.ts';

/** Sums the records of a run by status; the run's own record 0 is not one of them. */
export function prepareCounts(client: Database['$client']): (key: number) => RecordCounts {
  const sums = client.prepare<[number], { status: keyof RecordCounts; count: number }>(
    'SELECT status, count(*) AS count FROM run_records WHERE run = ? AND n > 0 GROUP BY status',
  );
  return (key) => {
    const counts: RecordCounts = {
      total: 0,
      queued: 0,
      running: 0,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      needs_attention: 0,
    };
    for (const { status, count } of sums.all(key)) {
      counts[status] += count;
      counts.total += count;
    }
    return counts;
  };
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
