import { accountAddress } from '#domain/account-address';
import { idPrefixes } from '#domain/ids';
import type { Person } from '#domain/person';
import type { SaasUser } from '#domain/saas-user';
import type { Decision, Known, MappedRecord } from '#engine/load-ports';
import type { Database } from './database.ts';
import type { NamedRows } from './row-set.ts';

const personPrefix = `${idPrefixes.person}_`;

/** Everyone that the records of a page may mean, read with one query per kind of key. */
export interface KnownRecords extends Known {
  /** The vendor's record of an account as it was kept last. */
  rawOf(identifier: string): string | undefined;
  /** Takes up what was decided, so that the next record of the page sees it. */
  note(decision: Decision): void;
  /** Takes up where a new person or account is kept. */
  keepRow(id: string, row: number): void;
  /** Lets later pages know whom this one has named. Before that, a page that could not be written left no trace. */
  close(): void;
}

type StoredPerson = Omit<Person, 'fields' | 'createdAt' | 'updatedAt'> & {
  row: number;
  fields: string;
  createdAt: number;
  updatedAt: number;
};

type StoredUser = Record<'roles' | 'licenses' | 'fields' | 'raw', string> &
  Record<'row' | 'isDeactivated' | 'deleteInSaas' | 'firstSeenAt' | 'lastSeenAt', number> &
  Pick<SaasUser, 'id' | 'appId' | 'personId' | 'identifier' | 'email' | 'displayName' | 'status' | 'type'> & {
    lastActivity: number | null;
  };

/** SQLite's `lower` knows only A to Z, and the index on usernames is made with it. */
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** On the driver itself: the query builder would take longer than the queries. */
export function createKnownReader({ $client: client }: Database) {
  const peopleWhere = (column: string) =>
    client.prepare<[string], StoredPerson>(
      `SELECT rowid AS row, id, username, email, first_name AS firstName, last_name AS lastName, role, status, fields,
         created_at AS createdAt, updated_at AS updatedAt
       FROM people WHERE ${column} IN (SELECT value FROM json_each(?))`,
    );
  const byUsername = peopleWhere('lower(username)');
  const byId = peopleWhere('id');
  const byUnique = client.prepare<[string, string], { value: string; personId: string }>(
    `SELECT value, person_id AS personId FROM unique_values
     WHERE external_id = ? AND value IN (SELECT value FROM json_each(?))`,
  );
  const usersWhere = (condition: string) =>
    client.prepare<[string, string], StoredUser>(
      `SELECT rowid AS row, id, app_id AS appId, person_id AS personId, identifier, email, display_name AS displayName, roles, licenses,
       status, type, last_activity AS lastActivity, is_deactivated AS isDeactivated, delete_in_saas AS deleteInSaas,
       fields, raw, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt
     FROM saas_users WHERE app_id = ? AND ${condition}`,
    );
  const byIdentifier = usersWhere('identifier IN (SELECT value FROM json_each(?))');
  const withoutId = usersWhere(
    'lower(email) IN (SELECT value FROM json_each(?)) AND lower(identifier) = lower(email)',
  );

  return (records: readonly MappedRecord[], appId: string | null, named: NamedRows): KnownRecords => {
    const persons = new Map<string, Person>();
    const owners = new Map<string, string>();
    const users = new Map<string, SaasUser>();
    const raws = new Map<string, string>();
    /** Identifiers of accounts that are known by their address only, by that address. */
    const invited = new Map<string, string[]>();
    /** Of people whom these records may mean. */
    const ids = new Set<string>();
    const keep = (person: Person) => {
      persons.set(person.id, person);
      owners.set(`username ${lower(person.username)}`, person.id);
    };
    /** Where people and accounts are kept, by id. */
    const rows = new Map<string, number>();
    const namedHere = new Set<string>();
    const namedRows = (id: string) => (id.startsWith(personPrefix) ? named.people : named.accounts);
    const take = (row: StoredPerson) => {
      rows.set(row.id, row.row);
      keep(toPerson(row));
    };
    const takeUser = (row: StoredUser) => {
      rows.set(row.id, row.row);
      users.set(row.identifier, toSaasUser(row));
      raws.set(row.identifier, row.raw);
      if (row.personId !== null) ids.add(row.personId);
    };

    const values = valuesByField(records);
    const names = JSON.stringify([...(values.get('username') ?? [])].map(lower));
    for (const row of byUsername.all(names)) take(row);

    for (const [externalId, list] of values) {
      if (externalId === 'username') continue;
      const texts = JSON.stringify([...list].map((text) => text.toLowerCase()));
      for (const { value, personId } of byUnique.all(externalId, texts)) {
        owners.set(`${externalId} ${value}`, personId);
        ids.add(personId);
      }
    }
    if (appId !== null) {
      const identifiers = JSON.stringify(records.map((record) => record.identifier));
      for (const row of byIdentifier.all(appId, identifiers)) takeUser(row);
      const unknown = records.filter(({ identifier, saasUser }) => saasUser && !users.has(identifier));
      const addresses = [...new Set(unknown.map((record) => lower(accountAddress(record))))].filter(Boolean);
      for (const row of addresses.length === 0 ? [] : withoutId.all(appId, JSON.stringify(addresses))) {
        takeUser(row);
        const same = invited.get(lower(row.email)) ?? [];
        invited.set(lower(row.email), [...same, row.identifier]);
      }
    }
    const absent = [...ids].filter((id) => !persons.has(id));
    if (absent.length > 0) for (const row of byId.all(JSON.stringify(absent))) take(row);

    const keyOf = (externalId: string, value: string) =>
      externalId === 'username' ? `username ${lower(value)}` : `${externalId} ${value.toLowerCase()}`;
    return {
      personBy({ externalId, value }) {
        const id = owners.get(keyOf(externalId, value));
        return id === undefined ? undefined : persons.get(id);
      },
      personById: (id) => persons.get(id),
      saasUser: (identifier) => users.get(identifier),
      withoutId: (address) =>
        (invited.get(lower(address)) ?? []).flatMap((identifier) => users.get(identifier) ?? []),
      rawOf: (identifier) => raws.get(identifier),
      wasNamed(id) {
        const row = rows.get(id);
        return namedHere.has(id) || (row !== undefined && namedRows(id).has(row));
      },
      name: (id) => void namedHere.add(id),
      keepRow: (id, row) => void rows.set(id, row),
      close() {
        for (const id of namedHere) {
          const row = rows.get(id);
          if (row !== undefined) namedRows(id).add(row);
        }
      },
      note({ person: write, saasUser }) {
        if (saasUser) {
          const { user, changes } = saasUser;
          // An accepted invitation has an id from now on.
          for (const { field, before } of changes) if (field === 'identifier') users.delete(String(before));
          users.set(user.identifier, user);
        }
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

function toPerson({ row: _row, ...row }: StoredPerson): Person {
  return {
    ...row,
    fields: JSON.parse(row.fields) as Person['fields'],
    createdAt: toIso(row.createdAt),
    updatedAt: toIso(row.updatedAt),
  };
}

function toSaasUser({ raw: _raw, row: _row, ...row }: StoredUser): SaasUser {
  return {
    ...row,
    roles: JSON.parse(row.roles) as string[],
    licenses: JSON.parse(row.licenses) as string[],
    fields: JSON.parse(row.fields) as SaasUser['fields'],
    isDeactivated: row.isDeactivated === 1,
    deleteInSaas: row.deleteInSaas === 1,
    lastActivity: row.lastActivity === null ? null : toIso(row.lastActivity),
    firstSeenAt: toIso(row.firstSeenAt),
    lastSeenAt: toIso(row.lastSeenAt),
  };
}

const toIso = (ms: number): string => new Date(ms).toISOString();

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
