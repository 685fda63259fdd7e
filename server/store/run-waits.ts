import { inArray } from 'drizzle-orm';
import type { Held } from '#domain/run';
import type { RunRow } from '#engine/run-store-ports';
import type { Database } from './database.ts';
import { columnsOfMany, toRun } from './run-rows.ts';
import { runs } from './schema.ts';

/** What is written about waiting records, each to be called inside a transaction. */
export function createWaitWrites(database: Database) {
  const { $client } = database;
  const sums = `SELECT coalesce(sum(status IN ('queued', 'running')), 0) AS open,
    coalesce(sum(status = 'waiting'), 0) AS waiting FROM run_records WHERE run = ? AND`;
  const count = {
    run: $client.prepare<[number], { open: number; waiting: number }>(`${sums} n = 0`),
    records: $client.prepare<[number], { open: number; waiting: number }>(`${sums} n > 0`),
  };
  const rest = $client.prepare("UPDATE runs SET status = 'waiting' WHERE key = ?");
  // The fence stays: nobody works on what waits, and who goes on with it takes the run first.
  const goOn = $client.prepare("UPDATE runs SET status = 'running' WHERE key = ? AND status = 'waiting'");
  const queue = "UPDATE run_records SET status = 'queued', wake_at = NULL, held = NULL";
  const wake = $client.prepare<[number, number], { run: number }>(`${queue}
    WHERE (run, n) IN (SELECT run, n FROM run_records WHERE wake_at <= ? ORDER BY wake_at LIMIT ?)
    RETURNING run`);
  const release = $client.prepare(
    `${queue} WHERE run = ? AND n IN (SELECT n FROM run_records
      WHERE run = ? AND status = 'waiting' AND held IS NOT NULL AND json_extract(held, '$.code') = ? ORDER BY n LIMIT ?)`,
  );
  const rehold = $client.prepare(
    `UPDATE run_records SET held = ? WHERE run = ? AND held IS NOT NULL AND json_extract(held, '$.code') = ?`,
  );

  return {
    rest(key: number, of: 'run' | 'records'): { open: number; waiting: number } {
      const found = count[of].get(key)!;
      if (found.open === 0 && found.waiting > 0) rest.run(key);
      return found;
    },

    wakeDue(now: number, limit: number): { count: number; runs: RunRow[] } {
      const woken = wake.all(now, limit);
      const keys = [...new Set(woken.map(({ run }) => run))];
      for (const key of keys) goOn.run(key);
      const rows = database.select(columnsOfMany).from(runs).where(inArray(runs.key, keys)).all();
      return { count: woken.length, runs: rows.map(toRun) };
    },

    rehold(key: number, code: string, held: Held): void {
      rehold.run(JSON.stringify(held), key, code);
    },

    release(key: number, code: string, limit = -1): number {
      const { changes } = release.run(key, key, code, limit);
      if (changes > 0) goOn.run(key);
      return changes;
    },
  };
}
