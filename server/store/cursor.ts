import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';

/** A place in a list, opaque to callers. */
export const toCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Throws `invalid` for a cursor that no list gave out. */
export function fromCursor(cursor: string): string | number {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof place === 'string' || typeof place === 'number') return place;
  } catch {
    // Told below.
  }
  throw new AppError('invalid', 'The cursor is not one that this list gave out. Start again without it.', {
    place: 'cursor',
  });
}

/** Cuts a list that was read one row too far into a page. */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  total: number,
  placeOf: (row: R) => string | number,
  toItem: (row: R) => T,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last ? toCursor(placeOf(last)) : null,
    total,
  };
}

/** A LIKE pattern that finds the text anywhere; to be used with `ESCAPE '\'`. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Whether one of the texts holds what is searched for, without regard to case. SQLite itself knows that for A to Z only. */
export function isFound(search: string, texts: readonly SQLWrapper[]): SQL {
  const isPlain = /^[\x20-\x7e]*$/.test(search);
  const tests = texts.map((text) =>
    isPlain
      ? sql`${text} LIKE ${containing(search.trim())} ESCAPE '\\'`
      : sql`instr(fold(${text}), ${search.trim().normalize('NFC').toLowerCase()}) > 0`,
  );
  return sql`(${sql.join(tests, sql` OR `)})`;
}
