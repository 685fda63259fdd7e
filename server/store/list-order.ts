import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { AppError } from '#domain/errors';
import type { RecordsQuery } from '#engine/record-ports';
import { fromCursor } from './cursor.ts';
import type { FindValue, ListValue } from './list-values.ts';

/** The order of a list and the way to go on after a row of it. */
export interface Order {
  by: SQL;
  /** What a row is sorted by; null for no value. */
  key: SQL<string | number | null>;
  /** Where a row stands, for its cursor. */
  placeOf(key: string | number | null, id: string): string;
  after(cursor: string): SQL;
}

/**
 * Orders a list by `field`, or by `-field` from the end; records without a value come last either way, and those
 * with the same value in the order of their ids. `always` is the field that every record has and an index is over.
 * Throws `invalid` for what cannot be sorted by, and for a cursor of another order.
 */
export function toOrder(
  query: Omit<RecordsQuery, 'limit'>,
  always: string,
  find: FindValue,
  id: SQLiteColumn,
): Order {
  const { sort = always, search, filter } = query;
  const isDown = sort.startsWith('-');
  const field = find(isDown ? sort.slice(1) : sort, 'sort');
  if (field.type === 'json') {
    throw new AppError('invalid', `The list cannot be sorted by "${field.label}". Choose another column.`, {
      place: 'sort',
    });
  }
  const isAlways = field.id === always;
  const key = isAlways ? sql<string>`lower(${field.value})` : sortKey(field);
  const way = isDown ? sql`DESC` : sql`ASC`;
  const beyond = isDown ? sql`<` : sql`>`;
  const isSought = search !== undefined || filter !== undefined;
  const none = isAlways ? sql`` : sql`${key} IS NULL, `;

  return {
    key,
    // Looking for a few records in the order of an index reads all of them crosswise: the plus forbids it.
    by: sql`${none}${isSought ? sql`+` : sql``}${key} ${way}, ${id} ${way}`,
    placeOf: (value, rowId) => JSON.stringify([sort, value, rowId]),
    after(cursor) {
      const [value, rowId] = readPlace(cursor, sort);
      // Spelt out, because an index over an expression is not searched for a pair of values.
      const place = sql`(${key} ${beyond}= ${value} AND (${key} ${beyond} ${value} OR ${id} ${beyond} ${rowId}))`;
      if (isAlways) return place;
      return value === null
        ? sql`(${key} IS NULL AND ${id} ${beyond} ${rowId})`
        : sql`(${place} OR ${key} IS NULL)`;
    },
  };
}

/** Long texts are sorted by how they begin. */
function sortKey({ type, value }: ListValue): SQL<string | number | null> {
  const isNumber = type === 'number' || type === 'decimal' || type === 'boolean';
  if (isNumber || type === 'date' || type === 'datetime') return sql`${value}`;
  if (type === 'list') return sql`nullif(lower(substr(${value}, 1, 200)), '[]')`;
  return sql`nullif(lower(substr(trim(${value}), 1, 200)), '')`;
}

function readPlace(cursor: string, sort: string): [value: string | number | null, id: string] {
  try {
    const [of, value, id] = JSON.parse(String(fromCursor(cursor))) as [
      unknown,
      string | number | null,
      unknown,
    ];
    if (of === sort && typeof id === 'string' && typeof value !== 'object') return [value, id];
    if (of === sort && typeof id === 'string' && value === null) return [value, id];
  } catch {
    // Told below.
  }
  throw new AppError(
    'invalid',
    'The cursor is not one that this list gave out in this order. Start again without it.',
    { place: 'cursor' },
  );
}
