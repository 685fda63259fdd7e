import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.ts';

/** How many rows of a table fulfil the condition. */
export function countRows(database: Database, table: SQLiteTable, where?: SQL): number {
  return database.select({ count: sql<number>`count(*)` }).from(table).where(where).get()?.count ?? 0;
}

/** How many match in all; a first page that holds them all need not be counted. */
export function totalOf(
  rows: readonly unknown[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  count: () => number,
): number {
  return cursor === undefined && rows.length <= limit ? rows.length : count();
}
