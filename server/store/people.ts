import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { PeopleReader } from '#engine/record-ports';
import { countRows } from './count.ts';
import { containing, fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { changesOf, runsOf } from './record-history.ts';
import { toPerson, toSaasUser } from './record-rows.ts';
import { apps, people, saasUsers } from './schema.ts';

/** People as the doors show them. */
export function createPeopleReader(database: Database): PeopleReader {
  const byName = sql`lower(${people.username})`;

  return {
    async list({ limit, cursor, search, status }) {
      const filter = and(
        status === undefined ? undefined : eq(people.status, status),
        search === undefined ? undefined : matching(search),
      );
      const after = cursor === undefined ? undefined : gt(byName, fromCursor(cursor));
      const rows = database
        .select({ person: people, place: sql<string>`${byName}` })
        .from(people)
        .where(and(filter, after))
        .orderBy(asc(byName))
        .limit(limit + 1)
        .all();
      const total = countRows(database, people, filter);
      return toPage(
        rows,
        limit,
        total,
        (row) => row.place,
        (row) => toPerson(row.person),
      );
    },

    async find(id) {
      const row = database.select().from(people).where(eq(people.id, id)).get();
      if (!row) return undefined;
      const accounts = database
        .select({ user: saasUsers, appName: apps.name })
        .from(saasUsers)
        .innerJoin(apps, eq(apps.id, saasUsers.appId))
        .where(eq(saasUsers.personId, id))
        .orderBy(asc(apps.name))
        .all();
      return {
        person: toPerson(row),
        accounts: accounts.map(({ user, appName }) => ({ ...toSaasUser(user), appName })),
        history: changesOf(database, id),
        runs: runsOf(database, [id, ...accounts.map(({ user }) => user.id)]),
      };
    },

    async roles() {
      const rows = database
        .selectDistinct({ role: people.role })
        .from(people)
        .orderBy(asc(people.role))
        .all();
      return rows.map((row) => row.role).filter((role) => role !== '');
    },
  };
}

function matching(search: string): SQL | undefined {
  const pattern = containing(search);
  const fullName = sql`${people.firstName} || ' ' || ${people.lastName}`;
  return or(
    ...[people.username, people.email, fullName].map((text) => sql`${text} LIKE ${pattern} ESCAPE '\\'`),
  );
}
