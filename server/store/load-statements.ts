import { eq, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { Load, LoadIssue, LoadTally } from '#domain/load';
import type { Person } from '#domain/person';
import type { SaasUser } from '#domain/saas-user';
import type { Decision, ValueChange } from '#engine/load-ports';
import type { Database } from './database.ts';
import { toLoad } from './load-rows.ts';
import { loads } from './schema.ts';

type Uniques = NonNullable<Decision['person']>['uniques'];

/** What a load writes, on the driver itself: the query builder would take longer than the database. */
export function prepareLoadStatements(database: Database) {
  const prepare = (text: string) => database.$client.prepare<unknown[]>(text);
  const addPerson = prepare(
    `INSERT INTO people (username, email, first_name, last_name, role, status, fields, updated_at, id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changePerson = prepare(
    `UPDATE people SET username = ?, email = ?, first_name = ?, last_name = ?, role = ?, status = ?, fields = ?,
       updated_at = ? WHERE id = ?`,
  );
  const addUnique = prepare('INSERT INTO unique_values (external_id, value, person_id) VALUES (?, ?, ?)');
  const dropUnique = prepare('DELETE FROM unique_values WHERE external_id = ? AND person_id = ?');
  const addUser = prepare(
    `INSERT INTO saas_users (person_id, email, display_name, roles, licenses, status, type, last_activity,
       is_deactivated, delete_in_saas, fields, raw, last_seen_at, id, app_id, identifier, first_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const changeUser = prepare(
    `UPDATE saas_users SET identifier = ?, person_id = ?, email = ?, display_name = ?, roles = ?, licenses = ?, status = ?, type = ?,
       last_activity = ?, is_deactivated = ?, delete_in_saas = ?, fields = ?, raw = ?, last_seen_at = ? WHERE id = ?`,
  );
  const seeUsers = prepare(
    'UPDATE saas_users SET last_seen_at = ? WHERE id IN (SELECT value FROM json_each(?))',
  );
  const addChange = prepare(
    `INSERT INTO changes (record_id, at, cause_kind, cause_id, field, before, after)
     VALUES (?, ?, 'load', ?, ?, ?, ?)`,
  );
  const addIssue = prepare(
    'INSERT INTO load_issues (load_id, n, kind, label, reason) VALUES (?, ?, ?, ?, ?)',
  );
  const progress = prepare(
    `UPDATE loads SET pages = ?, tally = ? WHERE id = ? AND status = 'running' AND tally ->> 'read' = ?`,
  );
  const find = database
    .select()
    .from(loads)
    .where(eq(loads.id, sql.placeholder('id')))
    .prepare();

  return {
    /** Gives the row where a new one is kept. */
    person(person: Person, isNew: boolean): number | undefined {
      const { id, username, email, firstName, lastName, role, status } = person;
      const updatedAt = Date.parse(person.updatedAt);
      const values = [
        username,
        email,
        firstName,
        lastName,
        role,
        status,
        JSON.stringify(person.fields),
        updatedAt,
        id,
      ];
      if (isNew) return Number(addPerson.run(...values, Date.parse(person.createdAt)).lastInsertRowid);
      changePerson.run(...values);
      return undefined;
    },

    uniques(personId: string, uniques: Uniques, isNew: boolean): void {
      for (const { externalId, value } of uniques) {
        if (!isNew) dropUnique.run(externalId, personId);
        if (value !== null) addUnique.run(externalId, value.toLowerCase(), personId);
      }
    },

    /** As of a person. */
    saasUser(user: SaasUser, raw: string, isNew: boolean): number | undefined {
      const { id, personId, email, displayName, status, type, lastActivity, isDeactivated, deleteInSaas } =
        user;
      const values = [
        personId,
        email,
        displayName,
        JSON.stringify(user.roles),
        JSON.stringify(user.licenses),
        status,
        type,
        lastActivity === null ? null : Date.parse(lastActivity),
        Number(isDeactivated),
        Number(deleteInSaas),
        JSON.stringify(user.fields),
        raw,
        Date.parse(user.lastSeenAt),
        id,
      ];
      if (!isNew) {
        changeUser.run(user.identifier, ...values);
        return undefined;
      }
      const added = addUser.run(...values, user.appId, user.identifier, Date.parse(user.firstSeenAt));
      return Number(added.lastInsertRowid);
    },

    /** Accounts of which nothing has changed but that one load has seen them. */
    seen(users: readonly SaasUser[]): void {
      const [first] = users;
      if (first) seeUsers.run(Date.parse(first.lastSeenAt), JSON.stringify(users.map(({ id }) => id)));
    },

    change(recordId: string, at: number, loadId: string, { field, before, after }: ValueChange): void {
      addChange.run(recordId, at, loadId, field, toJson(before), toJson(after));
    },

    issue(loadId: string, n: number, kind: LoadIssue['kind'], label: string, reason: string): void {
      addIssue.run(loadId, n, kind, label, reason);
    },

    /** Throws `conflict` when the load has ended or does not stand at `position`: then somebody else has it. */
    progress(loadId: string, position: number, pages: number, tally: LoadTally): Load {
      const { changes } = progress.run(pages, JSON.stringify(tally), loadId, position);
      const row = find.get({ id: loadId });
      if (!row)
        throw new AppError('not_found', 'There is no such load. Its integration may have been removed.');
      if (changes === 0) throw new AppError('conflict', 'This load ended, or somebody else goes on with it.');
      return toLoad(row);
    },
  };
}

const toJson = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
