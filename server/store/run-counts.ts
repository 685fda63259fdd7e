import { type BlockCounts, noRecords, type RecordCounts } from '#domain/run';
import type { Database } from './database.ts';
import { prepareWindows } from './record-windows.ts';

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

/** The same, some records at a time: others get their turn in between. */
export function prepareCountsInTurns(database: Database): (key: number) => Promise<RecordCounts> {
  const windows = prepareWindows(database);
  const sums = database.$client.prepare<
    [number, number, number],
    { status: keyof RecordCounts; count: number }
  >('SELECT status, count(*) AS count FROM run_records WHERE run = ? AND n > ? AND n <= ? GROUP BY status');
  return async (key) => {
    const counts = { ...noRecords };
    for await (const { after, to } of windows(key, 0)) {
      for (const { status, count } of sums.all(key, after, to)) {
        counts[status] += count;
        counts.total += count;
      }
    }
    return counts;
  };
}

/** How many records of a run wait at each block: the first of those that they go to next. */
export async function countWaiting(database: Database, key: number): Promise<Map<string, number>> {
  const within = database.$client.prepare<[number, number, number], { block: string; count: number }>(
    `SELECT json_extract(pending, '$[0]') AS block, count(*) AS count FROM run_records
    WHERE run = ? AND n > ? AND n <= ? AND status = 'waiting' GROUP BY block`,
  );
  const waiting = new Map<string, number>();
  for await (const { after, to } of prepareWindows(database)(key, -1)) {
    for (const { block, count } of within.all(key, after, to))
      waiting.set(block, (waiting.get(block) ?? 0) + count);
  }
  return waiting;
}

interface BlockRow {
  block: string;
  status: string;
  exit: string | null;
  count: number;
}

/** How often each block of a run ended by each exit, read from the journal, and what waits at it. */
export async function countBlocks(database: Database, key: number): Promise<BlockCounts> {
  const within = database.$client.prepare<[number, number, number], BlockRow>(
    `SELECT block, status, exit, count(*) AS count FROM steps
    WHERE run = ? AND record_n > ? AND record_n <= ? GROUP BY block, status, exit`,
  );
  const counts: BlockCounts = {};
  const countsOf = (block: string) => {
    counts[block] ??= { active: 0, waiting: 0, exits: {}, needsAttention: 0 };
    return counts[block];
  };
  for (const [block, count] of await countWaiting(database, key)) countsOf(block).waiting = count;
  for await (const { after, to } of prepareWindows(database)(key, -1)) {
    for (const { block, status, exit, count } of within.all(key, after, to)) {
      const of = countsOf(block);
      if (exit !== null) of.exits[exit] = (of.exits[exit] ?? 0) + count;
      if (status === 'needs_attention') of.needsAttention += count;
    }
  }
  return counts;
}
