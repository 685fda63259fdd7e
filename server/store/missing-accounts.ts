import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { MissingAccount } from '#domain/load';
import type { MissingAccountsStore } from '#engine/load-ports';
import { fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { saasUsers } from './schema.ts';

/** So many rows are looked at or written at a time; then others have their turn. */
const pieceSize = 1_000;

interface Piece {
  rows: number;
  last: string;
  known: number;
  missing: number;
}

/** Accounts of an app that a load did not see. They are marked, never removed. */
export function createMissingAccountsStore(database: Database): MissingAccountsStore {
  const { $client: client } = database;
  // The plus keeps off the index on apps: through it, all rows would be sorted anew for each piece.
  const count = client.prepare<{ appId: string; before: number; last: string }, Piece>(
    `SELECT count(*) AS rows, max(id) AS last, coalesce(sum(first_seen_at < @before AND NOT is_deactivated), 0) AS known,
       coalesce(sum(last_seen_at < @before AND NOT is_deactivated), 0) AS missing
     FROM (SELECT id, first_seen_at, last_seen_at, is_deactivated FROM saas_users
       WHERE +app_id = @appId AND id > @last ORDER BY id LIMIT ${pieceSize})`,
  );
  const list = client
    .prepare<unknown[], string>(
      `SELECT id FROM saas_users WHERE +app_id = ? AND id > ? AND NOT is_deactivated AND last_seen_at < ?
       ORDER BY id LIMIT ${pieceSize}`,
    )
    .pluck();
  const mark = client.prepare<unknown[]>(
    'UPDATE saas_users SET is_deactivated = 1 WHERE id IN (SELECT value FROM json_each(?))',
  );
  const remember = client.prepare<unknown[]>(
    `INSERT INTO changes (record_id, at, cause_kind, cause_id, field, before, after)
     SELECT value, ?, 'load', ?, 'is_deactivated', 'false', 'true' FROM json_each(?)`,
  );
  const markPiece = client.transaction(
    (absence: Parameters<MissingAccountsStore['deactivate']>[0], after: string) => {
      const ids = list.all(absence.appId, after, absence.before);
      const text = JSON.stringify(ids);
      mark.run(text);
      remember.run(absence.at, absence.loadId, text);
      return ids;
    },
  );

  return {
    async count(appId, before) {
      const counts = { known: 0, missing: 0 };
      for (let last = ''; ; await nextTurn()) {
        const piece = count.get({ appId, before, last });
        if (!piece || piece.rows === 0) return counts;
        counts.known += piece.known;
        counts.missing += piece.missing;
        last = piece.last;
      }
    },

    async list(appId, before, { limit, cursor }) {
      const isMissing = and(
        eq(saasUsers.appId, appId),
        eq(saasUsers.isDeactivated, false),
        lt(saasUsers.lastSeenAt, before),
        cursor === undefined ? undefined : gt(saasUsers.id, String(fromCursor(cursor))),
      );
      const { id, identifier, email, displayName, lastSeenAt } = saasUsers;
      const rows = database
        .select({ id, identifier, email, displayName, lastSeenAt })
        .from(saasUsers)
        .where(isMissing)
        .orderBy(asc(id))
        .limit(limit + 1)
        .all();
      const { items, nextCursor } = toPage(rows, limit, 0, (row) => row.id, toMissingAccount);
      return { items, nextCursor };
    },

    async deactivate(absence) {
      let marked = 0;
      for (let last = ''; ; await nextTurn()) {
        const ids = markPiece.immediate(absence, last);
        marked += ids.length;
        last = ids.at(-1) ?? '';
        if (ids.length < pieceSize) return marked;
      }
    },
  };
}

const toMissingAccount = (
  row: Omit<MissingAccount, 'lastSeenAt'> & { lastSeenAt: number },
): MissingAccount => ({
  ...row,
  lastSeenAt: new Date(row.lastSeenAt).toISOString(),
});

/** Lets everything happen that waits. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
