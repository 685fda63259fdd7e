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
  try {
    migrate(database, { migrationsFolder: migrationsFolder() });
  } catch (error) {
    database.$client.close();
    throw unusable(file, error);
  }
  return database;
}

/**
 * Opens the database file, makes its settings durable and checks that they took. `:memory:` gives a private one for
 * tests. Throws `internal` when a setting did not take, or the file cannot be used.
 */
export function connectDatabase(file: string): Database {
  let client: Sqlite.Database | undefined;
  try {
    client = new Sqlite(file);
    return setUp(client, file);
  } catch (error) {
    client?.close();
    throw unusable(file, error);
  }
}

function setUp(client: Sqlite.Database, file: string): Database {
  refuseOthers(client, file);
  for (const [pragma, set, readBack] of required) {
    client.pragma(`${pragma} = ${set}`);
    const now = client.pragma(pragma, { simple: true });
    const isMemoryJournal = pragma === 'journal_mode' && file === ':memory:';
    if (now !== readBack && !isMemoryJournal) {
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

/** Tables of something else are left alone: ours would stand among them. */
function refuseOthers(client: Sqlite.Database, file: string): void {
  const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  if (tables.length === 0 || tables.includes('__drizzle_migrations')) return;
  throw new AppError(
    'internal',
    `The file ${file} is a database of another program. Choose another data folder with ROLLCALL_DATA.`,
  );
}

/** What keeps a file from being used, by the code of SQLite, and what to do about it. */
const troubles: readonly (readonly [code: RegExp, words: string])[] = [
  [
    /^SQLITE_NOTADB/,
    'is no database. Put back the file of a backup, or choose another data folder with ROLLCALL_DATA.',
  ],
  [/^SQLITE_CORRUPT/, 'is damaged. Keep a copy of the data folder, and put back the file of a backup.'],
  [/^SQLITE_(READONLY|PERM)/, 'cannot be written. Give this user the right to write to the data folder.'],
  [/^SQLITE_CANTOPEN/, 'cannot be opened. Check that it is a file that this user may read and write.'],
  [/^SQLITE_FULL/, 'cannot grow: the disk is full. Make room, and start again.'],
  [/^SQLITE_IOERR/, 'cannot be read or written by the disk. Check the disk and its free space.'],
];

function unusable(file: string, error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Sqlite.SqliteError ? error.cause : error;
  if (!(cause instanceof Sqlite.SqliteError)) return error;
  const known = troubles.find(([code]) => code.test(cause.code));
  return known ? new AppError('internal', `The database ${file} ${known[1]}`, { cause: error }) : error;
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
