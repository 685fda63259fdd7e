import { and, asc, eq, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { parseJson } from '#domain/json';
import type { App } from '#domain/saas-user';
import type { AppsReader, SaasUsersQuery } from '#engine/record-ports';
import { countRows } from './count.ts';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { changesOf, runsOf } from './record-history.ts';
import { toPerson, toSaasUser } from './record-rows.ts';
import { apps, people, saasUsers } from './schema.ts';

/** An account that nobody used for so long counts as inactive. */
export const inactiveMs = 90 * 24 * 60 * 60 * 1000;

/** Apps and their users as the doors show them. */
export function createAppsReader(database: Database): AppsReader {
  const counted = (where?: SQL) =>
    database
      .select({
        app: apps,
        users: sql<number>`count(${saasUsers.id})`,
        deactivated: sql<number>`coalesce(sum(${saasUsers.isDeactivated}), 0)`,
      })
      .from(apps)
      .leftJoin(saasUsers, eq(saasUsers.appId, apps.id))
      .where(where)
      .groupBy(apps.id)
      .orderBy(asc(sql`lower(${apps.name})`))
      .all()
      .map(toApp);

  return {
    list: async () => counted(),
    find: async (id) => counted(eq(apps.id, id))[0],

    async users(appId, query, now) {
      const { limit, cursor } = query;
      const filter = toFilter(appId, query, now);
      const rows = database
        .select({
          user: saasUsers,
          firstName: people.firstName,
          lastName: people.lastName,
          username: people.username,
        })
        .from(saasUsers)
        .leftJoin(people, eq(people.id, saasUsers.personId))
        .where(and(filter, cursor === undefined ? undefined : isAfter(cursor)))
        .orderBy(asc(place), asc(saasUsers.id))
        .limit(limit + 1)
        .all();
      const total = countRows(database, saasUsers, filter);
      return toPage(
        rows,
        limit,
        total,
        ({ user }) => JSON.stringify([lower(user.email), user.id]),
        ({ user, firstName, lastName, username }) => ({
          ...toSaasUser(user),
          personName: username === null ? null : `${firstName} ${lastName}`.trim() || username,
        }),
      );
    },

    async user(appId, userId) {
      const row = database
        .select({ user: saasUsers, person: people })
        .from(saasUsers)
        .leftJoin(people, eq(people.id, saasUsers.personId))
        .where(and(eq(saasUsers.id, userId), eq(saasUsers.appId, appId)))
        .get();
      const [app] = counted(eq(apps.id, appId));
      if (!row || !app) return undefined;
      return {
        user: toSaasUser(row.user),
        app,
        person: row.person && toPerson(row.person),
        raw: row.user.raw === '' ? null : parseJson(row.user.raw),
        history: changesOf(database, userId),
        runs: runsOf(database, [userId]),
      };
    },
  };
}

const place = sql`lower(${saasUsers.email})`;

/** SQLite's `lower` knows only A to Z. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function isAfter(cursor: string): SQL {
  const [email, id] = parsePlace(String(fromCursor(cursor)));
  return sql`(${place}, ${saasUsers.id}) > (${email}, ${id})`;
}

function parsePlace(text: string): [string, string] {
  try {
    const [email, id] = JSON.parse(text) as unknown[];
    if (typeof email === 'string' && typeof id === 'string') return [email, id];
  } catch {
    // Told below.
  }
  throw new AppError('invalid', 'The cursor is not one that this list gave out. Start again without it.', {
    place: 'cursor',
  });
}

function toFilter(appId: string, query: SaasUsersQuery, now: number): SQL | undefined {
  const { search, status, activity } = query;
  const since = now - inactiveMs;
  const activities: Record<NonNullable<SaasUsersQuery['activity']>, SQL> = {
    recent: gte(saasUsers.lastActivity, since),
    inactive: lt(saasUsers.lastActivity, since),
    unknown: isNull(saasUsers.lastActivity),
  };
  return and(
    eq(saasUsers.appId, appId),
    status === undefined ? undefined : eq(saasUsers.isDeactivated, status === 'deactivated'),
    activity === undefined ? undefined : activities[activity],
    search === undefined ? undefined : matching(search),
  );
}

function matching(search: string): SQL | undefined {
  const pattern = containing(search);
  const texts = [saasUsers.email, saasUsers.displayName, saasUsers.identifier];
  return or(...texts.map((text) => sql`${text} LIKE ${pattern} ESCAPE '\\'`));
}

const toApp = (row: { app: typeof apps.$inferSelect; users: number; deactivated: number }): App => ({
  id: row.app.id,
  name: row.app.name,
  vendorId: row.app.vendorId,
  userCount: row.users,
  deactivatedCount: row.deactivated,
  createdAt: new Date(row.app.createdAt).toISOString(),
});
