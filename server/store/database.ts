import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { AppError } from '../domain/errors.ts';
import { toComparable } from '../domain/rule-truth.ts';

export type Database = BetterSQLite3Database & { $client: Sqlite.Database };

const busyTimeoutMs = 5_000;

/** What must read back after every open. A reopened WAL file silently falls back to NORMAL, which can lose a commit. */
const required: ReadonlyArray<readonly [pragma: string, set: string, readBack: string | number]> = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', String(busyTimeoutMs), busyTimeoutMs],
];

/** Opens the database file as `connectDatabase` does, then brings its tables up to date. */
export function openDatabase(file: string): Database {
  const database = connectDatabase(file);
  migrate(database, { migrationsFolder: migrationsFolder() });
  return database;
}

/**
 * Opens the database file, makes its settings durable and checks that they took. `:memory:` gives a private one for
 * tests. Throws `internal` when a setting did not take.
 */
export function connectDatabase(file: string): Database {
  const client = new Sqlite(file);
  for (const [pragma, set, readBack] of required) {
    client.pragma(`${pragma} = ${set}`);
    const now = client.pragma(pragma, { simple: true });
    const isMemoryJournal = pragma === 'journal_mode' && file === ':memory:';
    if (now !== readBack && !isMemoryJournal) {
      client.close();
      throw new AppError(
        'internal',
        `The database ${file} keeps ${pragma} at ${String(now)} instead of ${set}, so a power cut could lose what was done. Move the data folder to a local disk and start again.`,
      );
    }
  }
  client.pragma('cache_size = -8000');
  // Copying the log back stops all writers for a moment: not every 4 MB.
  client.pragma('wal_autocheckpoint = 8000');
  // SQLite's own `lower` knows only A to Z.
  client.function('fold', { deterministic: true }, (value) => toComparable(value) ?? null);
  return drizzle({ client });
}

export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/**
 * Writes all of it or nothing. It asks for the right to write before it reads: a transaction that reads first is
 * refused when the writing thread has written in between.
 */
export function inOneWrite<T>(database: Database, write: (tx: Transaction) => T): T {
  return database.transaction(write, { behavior: 'immediate' });
}

/** The folder lies beside `server/` in the sources and beside `dist/` once built. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'migrations'))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new AppError('internal', 'The folder "migrations" is missing from this installation.');
    }
    folder = parent;
  }
  return join(folder, 'migrations');
}
