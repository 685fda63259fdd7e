import { and, asc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { parseJson } from '#domain/json';
import type { App } from '#domain/saas-user';
import type { AppsReader, SaasUsersQuery } from '#engine/record-ports';
import { conditionSql } from './condition-sql.ts';
import { countRows, totalOf } from './count.ts';
import { isFound, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { toOrder } from './list-order.ts';
import { valuesOf } from './list-values.ts';
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
        // Counted in an index, app by app: a join would read every account.
        users: sql<number>`(SELECT count(*) FROM ${saasUsers} WHERE ${saasUsers.appId} = "apps"."id")`,
        deactivated: sql<number>`(SELECT count(*) FROM ${saasUsers} WHERE ${saasUsers.appId} = "apps"."id" AND ${saasUsers.isDeactivated} = 1)`,
      })
      .from(apps)
      .where(where)
      .orderBy(asc(sql`lower(${apps.name})`))
      .all()
      .map(toApp);

  const read = (appId: string, { limit, cursor, ...query }: SaasUsersQuery, now: number) => {
    const find = valuesOf(database, 'saas_user');
    const order = toOrder(query, 'email', find, saasUsers.id);
    const filter = and(toFilter(appId, query, now), query.filter && conditionSql(query.filter, find, now));
    const rows = database
      .select({
        user: saasUsers,
        key: order.key,
        firstName: people.firstName,
        lastName: people.lastName,
        username: people.username,
      })
      .from(saasUsers)
      .leftJoin(people, eq(people.id, saasUsers.personId))
      .where(and(filter, cursor === undefined ? undefined : order.after(cursor)))
      .orderBy(order.by)
      .limit(limit + 1)
      .all();
    return { rows, filter, placeOf: ({ key, user }: (typeof rows)[number]) => order.placeOf(key, user.id) };
  };

  return {
    list: async () => counted(),
    find: async (id) => counted(eq(apps.id, id))[0],

    async users(appId, query, now) {
      const { rows, filter, placeOf } = read(appId, query, now);
      const total = totalOf(rows, query, () => countRows(database, saasUsers, filter));
      return toPage(rows, query.limit, total, placeOf, toRow);
    },

    async userRows(appId, query, now) {
      const { rows, placeOf } = read(appId, query, now);
      return toPage(rows, query.limit, 0, placeOf, toRow);
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

interface UserRow {
  user: typeof saasUsers.$inferSelect;
  firstName: string | null;
  lastName: string | null;
  username: string | null;
}

const toRow = ({ user, firstName, lastName, username }: UserRow) => ({
  ...toSaasUser(user),
  personName: username === null ? null : `${firstName} ${lastName}`.trim() || username,
});

function toFilter(
  appId: string,
  query: Pick<SaasUsersQuery, 'search' | 'status' | 'activity'>,
  now: number,
): SQL | undefined {
  const { search, status, activity } = query;
  const since = now - inactiveMs;
  const activities: Record<NonNullable<SaasUsersQuery['activity']>, SQL> = {
    recent: gte(saasUsers.lastActivity, since),
    inactive: lt(saasUsers.lastActivity, since),
    unknown: isNull(saasUsers.lastActivity),
  };
  return and(
    eq(saasUsers.appId, appId),
    // The plus keeps the planner to the index of the order, where a page is found at once.
    status === undefined ? undefined : sql`+${saasUsers.isDeactivated} = ${status === 'deactivated' ? 1 : 0}`,
    activity === undefined ? undefined : activities[activity],
    search === undefined ? undefined : matching(search),
  );
}

const matching = (search: string): SQL =>
  isFound(search, [saasUsers.email, saasUsers.displayName, saasUsers.identifier]);

const toApp = (row: { app: typeof apps.$inferSelect; users: number; deactivated: number }): App => ({
  id: row.app.id,
  name: row.app.name,
  vendorId: row.app.vendorId,
  userCount: row.users,
  deactivatedCount: row.deactivated,
  createdAt: new Date(row.app.createdAt).toISOString(),
});
