import { and, eq, sql } from 'drizzle-orm';
import type { Person } from '#domain/person';
import type { SaasUser } from '#domain/saas-user';
import type { Decision, Known, MappedRecord } from '#engine/load-ports';
import type { Database } from './database.ts';
import { toPerson, toSaasUser } from './record-rows.ts';
import { people, saasUsers, uniqueValues } from './schema.ts';

/** Everyone that the records of a page may mean, read with one query per kind of key. */
export interface KnownRecords extends Known {
  /** Takes up what was decided, so that the next record of the page sees it. */
  note(decision: Decision): void;
}

/** SQLite's `lower` knows only A to Z, and the index on usernames is made with it. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

export function createKnownReader(database: Database) {
  const inList = (name: string) => sql`(SELECT value FROM json_each(${sql.placeholder(name)}))`;
  const byUsername = database
    .select()
    .from(people)
    .where(sql`lower(${people.username}) IN ${inList('names')}`)
    .prepare();
  const byId = database
    .select()
    .from(people)
    .where(sql`${people.id} IN ${inList('ids')}`)
    .prepare();
  const byUnique = database
    .select()
    .from(uniqueValues)
    .where(
      and(
        eq(uniqueValues.externalId, sql.placeholder('externalId')),
        sql`${uniqueValues.value} IN ${inList('values')}`,
      ),
    )
    .prepare();
  const byIdentifier = database
    .select()
    .from(saasUsers)
    .where(
      and(
        eq(saasUsers.appId, sql.placeholder('appId')),
        sql`${saasUsers.identifier} IN ${inList('identifiers')}`,
      ),
    )
    .prepare();

  return (records: readonly MappedRecord[], appId: string | null): KnownRecords => {
    const persons = new Map<string, Person>();
    const owners = new Map<string, string>();
    const users = new Map<string, SaasUser>();
    const keep = (person: Person) => {
      persons.set(person.id, person);
      owners.set(`username ${lower(person.username)}`, person.id);
    };

    const values = valuesByField(records);
    const names = JSON.stringify([...(values.get('username') ?? [])].map(lower));
    for (const row of byUsername.all({ names })) keep(toPerson(row));

    const ids = new Set<string>();
    for (const [externalId, list] of values) {
      if (externalId === 'username') continue;
      const found = byUnique.all({
        externalId,
        values: JSON.stringify([...list].map((text) => text.toLowerCase())),
      });
      for (const { value, personId } of found) {
        owners.set(`${externalId} ${value}`, personId);
        ids.add(personId);
      }
    }
    if (appId !== null) {
      const identifiers = JSON.stringify(records.map((record) => record.identifier));
      for (const row of byIdentifier.all({ appId, identifiers })) {
        users.set(row.identifier, toSaasUser(row));
        if (row.personId !== null) ids.add(row.personId);
      }
    }
    const absent = [...ids].filter((id) => !persons.has(id));
    if (absent.length > 0) for (const row of byId.all({ ids: JSON.stringify(absent) })) keep(toPerson(row));

    const keyOf = (externalId: string, value: string) =>
      externalId === 'username' ? `username ${lower(value)}` : `${externalId} ${value.toLowerCase()}`;
    return {
      personBy({ externalId, value }) {
        const id = owners.get(keyOf(externalId, value));
        return id === undefined ? undefined : persons.get(id);
      },
      personById: (id) => persons.get(id),
      saasUser: (identifier) => users.get(identifier),
      note({ person: write, saasUser }) {
        if (saasUser) users.set(saasUser.user.identifier, saasUser.user);
        if (!write) return;
        const before = persons.get(write.person.id);
        if (before) owners.delete(`username ${lower(before.username)}`);
        keep(write.person);
        for (const { externalId, value } of write.uniques) {
          const old = before?.fields[externalId];
          if (typeof old === 'string') owners.delete(keyOf(externalId, old));
          if (value !== null) owners.set(keyOf(externalId, value), write.person.id);
        }
      },
    };
  };
}

function valuesByField(records: readonly MappedRecord[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const record of records) {
    for (const { externalId, value } of record.uniques) {
      const list = values.get(externalId) ?? new Set();
      values.set(externalId, list.add(value));
    }
  }
  return values;
}
