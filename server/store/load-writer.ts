import { and, eq, sql } from 'drizzle-orm';
import type { Load, LoadTally } from '#domain/load';
import type { Decision, LoadWriter } from '#engine/load-ports';
import { type Database, inOneWrite } from './database.ts';
import { createKnownReader } from './known-records.ts';
import { toLoad } from './load-rows.ts';
import { changes, loadIssues, loads, people, saasUsers, uniqueValues, vendorNames } from './schema.ts';

const counters = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
  fail: 'failed',
} as const satisfies Record<Decision['action'], keyof LoadTally>;

/** Writes what loads bring, one transaction for each page. */
export function createLoadWriter(database: Database): LoadWriter {
  const readKnown = createKnownReader(database);
  const statements = prepare(database);

  const put = ({ person, saasUser }: Decision, raw: string, loadId: string, at: number): void => {
    const remember = (
      recordId: string,
      list: readonly { field: string; before: unknown; after: unknown }[],
    ) => {
      for (const { field, before, after } of list) {
        statements.addChange.run({
          recordId,
          at,
          causeId: loadId,
          field,
          before: before ?? null,
          after: after ?? null,
        });
      }
    };
    if (person) {
      const { id, username, email, firstName, lastName, role, status, fields, createdAt, updatedAt } =
        person.person;
      const values = { id, username, email, firstName, lastName, role, status, fields };
      const times = { createdAt: Date.parse(createdAt), updatedAt: Date.parse(updatedAt) };
      (person.isNew ? statements.addPerson : statements.changePerson).run({ ...values, ...times });
      for (const { externalId, value } of person.uniques) {
        if (!person.isNew) statements.dropUnique.run({ externalId, personId: id });
        if (value !== null)
          statements.addUnique.run({ externalId, value: value.toLowerCase(), personId: id });
      }
      remember(id, person.changes);
    }
    if (saasUser) {
      const { user } = saasUser;
      const row = {
        ...user,
        lastActivity: user.lastActivity === null ? null : Date.parse(user.lastActivity),
        firstSeenAt: Date.parse(user.firstSeenAt),
        lastSeenAt: Date.parse(user.lastSeenAt),
        raw,
      };
      (saasUser.isNew ? statements.addUser : statements.changeUser).run(row);
      remember(user.id, saasUser.changes);
    }
  };

  const writePage = database.$client.transaction((page: Parameters<LoadWriter['write']>[0]): Load => {
    const { loadId, appId, at, records, decide } = page;
    const known = readKnown(records, appId);
    const tally = { ...page.tally, read: page.tally.read + records.length };
    for (const record of records) {
      const decision = decide(record, known);
      known.note(decision);
      put(decision, record.raw, loadId, at);
      tally[counters[decision.action]] += 1;
      const n = tally.skipped + tally.failed;
      const isLeftOut = decision.action === 'skip' || decision.action === 'fail';
      if (!isLeftOut) continue;
      const kind = decision.action === 'skip' ? 'skipped' : 'failed';
      statements.addIssue.run({ loadId, n, kind, label: record.label, reason: decision.reason ?? '' });
    }
    return toLoad(statements.progress.get({ id: loadId, pages: page.pages, tally }));
  });

  return {
    async keepNames(vendorId, lists) {
      inOneWrite(database, (tx) => {
        for (const [id, name] of lists.flatMap((list) => [...list])) {
          const target = [vendorNames.vendorId, vendorNames.id];
          tx.insert(vendorNames)
            .values({ vendorId, id, name })
            .onConflictDoUpdate({ target, set: { name } })
            .run();
        }
      });
    },

    write: async (page) => writePage.immediate(page),
    async look(records, appId, decide) {
      const known = readKnown(records, appId);
      return records.map((record) => {
        const saasUser = known.saasUser(record.identifier) ?? null;
        const person =
          record.keys.map((key) => known.personBy(key)).find((found) => found !== undefined) ?? null;
        const decision = decide(record, known);
        known.note(decision);
        return { record, decision, before: { person, saasUser } };
      });
    },
  };
}

function prepare(database: Database) {
  const p = sql.placeholder;
  const person = {
    username: p('username'),
    email: p('email'),
    firstName: p('firstName'),
    lastName: p('lastName'),
    role: p('role'),
    status: p('status'),
    fields: p('fields'),
    updatedAt: p('updatedAt'),
  };
  const user = {
    personId: p('personId'),
    email: p('email'),
    displayName: p('displayName'),
    roles: p('roles'),
    licenses: p('licenses'),
    status: p('status'),
    type: p('type'),
    lastActivity: p('lastActivity'),
    isDeactivated: p('isDeactivated'),
    deleteInSaas: p('deleteInSaas'),
    fields: p('fields'),
    raw: p('raw'),
    lastSeenAt: p('lastSeenAt'),
  };
  const newUser = {
    id: p('id'),
    appId: p('appId'),
    identifier: p('identifier'),
    firstSeenAt: p('firstSeenAt'),
  };
  return {
    addPerson: database
      .insert(people)
      .values({ id: p('id'), createdAt: p('createdAt'), ...person })
      .prepare(),
    changePerson: database
      .update(people)
      .set(person as never)
      .where(eq(people.id, p('id')))
      .prepare(),
    addUnique: database
      .insert(uniqueValues)
      .values({ externalId: p('externalId'), value: p('value'), personId: p('personId') })
      .prepare(),
    dropUnique: database
      .delete(uniqueValues)
      .where(and(eq(uniqueValues.externalId, p('externalId')), eq(uniqueValues.personId, p('personId'))))
      .prepare(),
    addUser: database
      .insert(saasUsers)
      .values({ ...newUser, ...user })
      .prepare(),
    changeUser: database
      .update(saasUsers)
      .set(user as never)
      .where(eq(saasUsers.id, p('id')))
      .prepare(),
    addChange: database
      .insert(changes)
      .values({
        recordId: p('recordId'),
        at: p('at'),
        causeKind: 'load',
        causeId: p('causeId'),
        field: p('field'),
        before: p('before'),
        after: p('after'),
      })
      .prepare(),
    addIssue: database
      .insert(loadIssues)
      .values({ loadId: p('loadId'), n: p('n'), kind: p('kind'), label: p('label'), reason: p('reason') })
      .prepare(),
    progress: database
      .update(loads)
      .set({ pages: p('pages'), tally: p('tally') } as never)
      .where(eq(loads.id, p('id')))
      .returning()
      .prepare(),
  };
}
