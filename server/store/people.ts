import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { PeopleReader, PeopleWriter, RecordsQuery } from '#engine/record-ports';
import { conditionSql } from './condition-sql.ts';
import { countRows, totalOf } from './count.ts';
import { isFound, toPage } from './cursor.ts';
import { type Database, inOneWrite } from './database.ts';
import { toOrder } from './list-order.ts';
import { valuesOf } from './list-values.ts';
import { changesOf, runsOf } from './record-history.ts';
import { toPerson, toSaasUser } from './record-rows.ts';
import { createRecordWriter } from './record-writer.ts';
import { apps, people, saasUsers, uniqueValues } from './schema.ts';

/** People as the doors show them. */
export function createPeopleReader(database: Database): PeopleReader {
  const read = ({ limit, cursor, ...query }: RecordsQuery, now: number) => {
    const find = valuesOf(database, 'person');
    const order = toOrder(query, 'email', find, people.id);
    const filter = and(
      // The plus keeps the planner to the index of the order, where a page is found at once.
      query.status === undefined ? undefined : sql`+${people.status} = ${query.status}`,
      query.search === undefined ? undefined : matching(query.search),
      query.filter && conditionSql(query.filter, find, now),
    );
    const rows = database
      .select({ person: people, key: order.key })
      .from(people)
      .where(and(filter, cursor === undefined ? undefined : order.after(cursor)))
      .orderBy(order.by)
      .limit(limit + 1)
      .all();
    return {
      rows,
      filter,
      placeOf: ({ key, person }: (typeof rows)[number]) => order.placeOf(key, person.id),
    };
  };

  return {
    async list(query, now) {
      const { rows, filter, placeOf } = read(query, now);
      const total = totalOf(rows, query, () => countRows(database, people, filter));
      return toPage(rows, query.limit, total, placeOf, (row) => toPerson(row.person));
    },

    async rows(query, now) {
      const { rows, placeOf } = read(query, now);
      return toPage(rows, query.limit, 0, placeOf, (row) => toPerson(row.person));
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
  };
}

/** Changes people as operators and scripts do. */
export function createPeopleWriter(database: Database): PeopleWriter {
  const writer = createRecordWriter(database);
  return {
    async change(id, decide, cause, at) {
      inOneWrite(database, (tx) => {
        const row = tx.select().from(people).where(eq(people.id, id)).get();
        if (!row) throw new AppError('not_found', `There is no person "${id}".`);
        writer.apply(decide(toPerson(row)), cause, at);
      });
    },
  };
}

/** Finds people by a part of their name or address, or by a whole unique value such as an app's id of them. */
function matching(search: string): SQL | undefined {
  const fullName = sql`${people.firstName} || ' ' || ${people.lastName}`;
  const text = isFound(search, [people.username, people.email, fullName]);
  const named = sql`${people.id} IN (SELECT ${uniqueValues.personId} FROM ${uniqueValues} WHERE ${uniqueValues.value} = ${search.trim().toLowerCase()})`;
  return or(text, named);
}
