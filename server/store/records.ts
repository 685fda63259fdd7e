import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { PersonContent } from '#domain/record-values';
import type { WorkflowRecords } from '#domain/workflow';
import type { RecordStore, Subject } from '#engine/subject-ports';
import type { Database } from './database.ts';
import { toField } from './fields.ts';
import { toPersonContent, toSaasUser } from './record-rows.ts';
import { prepareAgain } from './reruns.ts';
import { fields, people, saasUsers, vendorNames } from './schema.ts';
import { prepareUndone } from './undo.ts';

type State = 'active' | 'deactivated' | 'both';
type Chosen = { recordId: string; label: string; subject: Subject };

/** A person with its custom values as text. */
type StoredPerson = Omit<PersonContent, 'fields'> & { fields: string };

/** The records that workflows work on, each with what belongs to it: a SaaS user with its person. */
export function createRecordStore(database: Database): RecordStore {
  const peopleIn = (where: SQL | undefined) =>
    database.select().from(people).where(where).orderBy(asc(people.id));
  const saasUsersIn = (where: SQL | undefined) =>
    database
      .select({ user: saasUsers, person: people })
      .from(saasUsers)
      .leftJoin(people, eq(people.id, saasUsers.personId))
      .where(where)
      .orderBy(asc(saasUsers.id));
  // Asked for every few hundred records of a run, and for each run of one record: built once.
  const ids = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`;
  const personColumns =
    'id, username, email, first_name AS firstName, last_name AS lastName, role, status, fields';
  const personNamed = database.$client.prepare<[string], StoredPerson>(
    `SELECT ${personColumns} FROM people WHERE id = ?`,
  );
  const peopleNamed = database.$client.prepare<[string], StoredPerson>(
    `SELECT ${personColumns} FROM people WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  const saasUsersNamed = saasUsersIn(sql`${saasUsers.id} IN ${ids}`).prepare();
  const allFields = database.select().from(fields).orderBy(asc(fields.label)).prepare();

  function named(recordType: 'person' | 'saas_user', recordIds: readonly string[]): Chosen[] {
    const list = JSON.stringify(recordIds);
    if (recordType === 'saas_user') return saasUsersNamed.all({ ids: list }).map(toChosenSaasUser);
    const rows = recordIds.length === 1 ? personNamed.all(recordIds[0]!) : peopleNamed.all(list);
    return rows.map((row) => {
      const person = { ...row, fields: JSON.parse(row.fields) as Record<string, unknown> };
      return { recordId: row.id, label: row.username, subject: { person, saasUser: null } };
    });
  }

  function chosen(
    records: WorkflowRecords,
    state: State,
    more: (id: typeof people.id | typeof saasUsers.id) => SQL | undefined,
    limit: number,
  ): Chosen[] {
    if (records.kind === 'people') {
      const isInState = state === 'both' ? undefined : eq(people.status, state);
      return peopleIn(and(isInState, more(people.id)))
        .limit(limit)
        .all()
        .map(toChosenPerson);
    }
    const isInState = state === 'both' ? undefined : eq(saasUsers.isDeactivated, state === 'deactivated');
    return saasUsersIn(and(eq(saasUsers.appId, records.appId), isInState, more(saasUsers.id)))
      .limit(limit)
      .all()
      .map(toChosenSaasUser);
  }

  return {
    async subjects(recordType, recordIds) {
      return new Map(named(recordType, recordIds).map(({ recordId, subject }) => [recordId, subject]));
    },

    async choose(records, state, after, limit) {
      return chosen(records, state, (id) => (after === null ? undefined : gt(id, after)), limit);
    },

    async chooseLabels(records, state, after, limit) {
      if (records.kind === 'people') {
        const isInState = state === 'both' ? undefined : eq(people.status, state);
        return database
          .select({ recordId: people.id, label: people.username })
          .from(people)
          .where(and(isInState, after === null ? undefined : gt(people.id, after)))
          .orderBy(asc(people.id))
          .limit(limit)
          .all();
      }
      const isInState = state === 'both' ? undefined : eq(saasUsers.isDeactivated, state === 'deactivated');
      const label = sql<string>`coalesce(nullif(${saasUsers.email}, ''), nullif(${saasUsers.displayName}, ''), ${saasUsers.identifier})`;
      return database
        .select({ recordId: saasUsers.id, label })
        .from(saasUsers)
        .where(
          and(
            eq(saasUsers.appId, records.appId),
            isInState,
            after === null ? undefined : gt(saasUsers.id, after),
          ),
        )
        .orderBy(asc(saasUsers.id))
        .limit(limit)
        .all();
    },

    async chooseNamed(records, state, recordIds) {
      const found = named(records.kind === 'people' ? 'person' : 'saas_user', recordIds);
      return found.filter(({ subject: { person, saasUser } }) => {
        if (records.kind === 'saas_users' && saasUser?.appId !== records.appId) return false;
        const isDeactivated = saasUser ? saasUser.isDeactivated : person?.status === 'deactivated';
        return state === 'both' || isDeactivated === (state === 'deactivated');
      });
    },

    undone: prepareUndone(database),

    again: prepareAgain(database),

    async names() {
      const rows = database.select().from(vendorNames).all();
      return new Map(rows.map(({ vendorId, id, name }) => [`${vendorId}/${id}`, name]));
    },

    async count(records, state) {
      const table = records.kind === 'people' ? people : saasUsers;
      const where =
        records.kind === 'people'
          ? state === 'both'
            ? undefined
            : eq(people.status, state)
          : and(
              eq(saasUsers.appId, records.appId),
              state === 'both' ? undefined : eq(saasUsers.isDeactivated, state === 'deactivated'),
            );
      return database.select({ count: sql<number>`count(*)` }).from(table).where(where).get()?.count ?? 0;
    },

    async fields() {
      return allFields.all().map(toField);
    },
  };
}

function toChosenPerson(row: typeof people.$inferSelect): Chosen {
  return { recordId: row.id, label: row.username, subject: { person: toPersonContent(row), saasUser: null } };
}

function toChosenSaasUser({
  user,
  person,
}: {
  user: typeof saasUsers.$inferSelect;
  person: typeof people.$inferSelect | null;
}): Chosen {
  return {
    recordId: user.id,
    label: user.email || user.displayName || user.identifier,
    subject: { person: person && toPersonContent(person), saasUser: toSaasUser(user) },
  };
}
