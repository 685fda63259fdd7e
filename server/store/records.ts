import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Field } from '#domain/field';
import type { WorkflowRecords } from '#domain/workflow';
import type { RecordStore, Subject } from '#engine/ports';
import type { Database } from './database.ts';
import { toPersonContent, toSaasUser } from './record-rows.ts';
import { fields, people, saasUsers } from './schema.ts';

type State = 'active' | 'deactivated' | 'both';
type Chosen = { recordId: string; label: string; subject: Subject };

/** The records that workflows work on, each with what belongs to it: a SaaS user with its person. */
export function createRecordStore(database: Database): RecordStore {
  function readPeople(where: SQL | undefined, limit = -1): Chosen[] {
    const rows = database.select().from(people).where(where).orderBy(asc(people.id)).limit(limit).all();
    return rows.map((row) => ({
      recordId: row.id,
      label: row.username,
      subject: { person: toPersonContent(row), saasUser: null },
    }));
  }

  function readSaasUsers(where: SQL | undefined, limit = -1): Chosen[] {
    const rows = database
      .select({ user: saasUsers, person: people })
      .from(saasUsers)
      .leftJoin(people, eq(people.id, saasUsers.personId))
      .where(where)
      .orderBy(asc(saasUsers.id))
      .limit(limit)
      .all();
    return rows.map(({ user, person }) => ({
      recordId: user.id,
      label: user.email || user.displayName || user.identifier,
      subject: { person: person && toPersonContent(person), saasUser: toSaasUser(user) },
    }));
  }

  function chosen(
    records: WorkflowRecords,
    state: State,
    more: (id: typeof people.id | typeof saasUsers.id) => SQL | undefined,
    limit?: number,
  ): Chosen[] {
    if (records.kind === 'people') {
      const isInState = state === 'both' ? undefined : eq(people.status, state);
      return readPeople(and(isInState, more(people.id)), limit);
    }
    const isInState = state === 'both' ? undefined : eq(saasUsers.isDeactivated, state === 'deactivated');
    return readSaasUsers(and(eq(saasUsers.appId, records.appId), isInState, more(saasUsers.id)), limit);
  }

  return {
    async subjects(recordType, recordIds) {
      const ids = [...recordIds];
      const found =
        recordType === 'person'
          ? readPeople(inArray(people.id, ids))
          : readSaasUsers(inArray(saasUsers.id, ids));
      return new Map(found.map(({ recordId, subject }) => [recordId, subject]));
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
      return chosen(records, state, (id) => inArray(id, [...recordIds]));
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
      return database.select().from(fields).orderBy(asc(fields.label)).all().map(toField);
    },
  };
}

function toField(row: typeof fields.$inferSelect): Field {
  const { createdAt: _createdAt, ...rest } = row;
  return {
    ...rest,
    recordType: row.recordType as Field['recordType'],
    type: row.type as Field['type'],
    isRequired: false,
    isBuiltIn: false,
  };
}
