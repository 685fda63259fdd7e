import { AppError } from '#domain/errors';
import type { RunRow, TakenUp } from '#engine/run-store-ports';
import type { Database } from './database.ts';
import { isGone, isTakenUp, isUnclear, isWhereItFailed } from './rerun-sql.ts';

/** What is written about re-runs, each to be called inside a transaction. */
export function createRerunWrites({ $client }: Database) {
  const origin = $client.prepare<[string], { finishedAt: number | null; mode: string }>(
    'SELECT finished_at AS finishedAt, mode FROM runs WHERE id = ?',
  );
  const other = $client.prepare<[string], { id: string }>(
    'SELECT id FROM runs WHERE origin_id = ? AND finished_at IS NULL LIMIT 1',
  );
  const originOf = $client.prepare<[number], { key: number; id: string }>(
    'SELECT o.key, o.id FROM runs r JOIN runs o ON o.id = r.origin_id WHERE r.key = ?',
  );
  const copyRun = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
    SELECT @key, 0, 'run', @id, o.label, 'queued', '[]', 0, o.variables
    FROM run_records o JOIN runs r ON r.key = o.run WHERE r.id = @originId AND o.n = 0`);
  const copyFailed = $client.prepare<[Record<string, unknown>], { n: number }>(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables)
    SELECT @key, o.n, o.record_type, o.record_id, o.label, 'queued',
      (SELECT json_group_array(block) FROM (
        SELECT s.block FROM steps s WHERE ${isWhereItFailed} GROUP BY s.block ORDER BY min(s.n))),
      0, o.variables
    FROM run_records o
    WHERE o.run = @origin AND o.n > @after AND o.status = 'failed'
      AND NOT ${isUnclear} AND NOT ${isGone} AND NOT ${isTakenUp}
      AND EXISTS (SELECT 1 FROM steps s WHERE ${isWhereItFailed})
    ORDER BY o.n LIMIT @limit RETURNING n`);

  return {
    /** Throws `conflict` when the run that it takes up goes on, or when another re-run of it does. */
    checkAlone({ originId }: RunRow): void {
      if (originId === null) return;
      const found = origin.get(originId);
      if (!found || found.finishedAt === null || found.mode !== 'run') {
        throw new AppError('conflict', 'The run goes on. Wait for its end, or cancel it; then run it again.');
      }
      const going = other.get(originId);
      if (going) {
        throw new AppError(
          'conflict',
          'A re-run of this run goes on already. Wait for its end, or cancel it.',
        );
      }
    },

    /** The run itself is at its end already: what happens once has happened, and its variables are kept. */
    takeUpRun({ key, id, originId }: RunRow): void {
      copyRun.run({ key, id, originId });
    },

    takeUpFailed(key: number, leading: readonly string[], after: number, limit: number): TakenUp {
      const from = originOf.get(key);
      if (!from) return { count: 0, last: null };
      const rows = copyFailed.all({
        ...{ key, origin: from.key, originId: from.id, after, limit },
        leading: JSON.stringify(leading),
      });
      const last = rows.length < limit ? null : Math.max(...rows.map(({ n }) => n));
      return { count: rows.length, last };
    },
  };
}
