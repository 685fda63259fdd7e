import { eq, ne, sql } from 'drizzle-orm';
import type { RoleStore } from '#engine/record-ports';
import { type Database, inOneWrite } from './database.ts';
import { changes, people, personRoles } from './schema.ts';

/** Roles of people: those that were listed by hand, and those that somebody has. */
export function createRoleStore(database: Database): RoleStore {
  return {
    async list() {
      const had = database
        .select({ name: people.role, people: sql<number>`count(*)` })
        .from(people)
        .where(ne(people.role, ''))
        .groupBy(people.role)
        .all();
      const names = new Set(had.map(({ name }) => name));
      const listed = database.select({ name: personRoles.name }).from(personRoles).all();
      const others = listed.filter(({ name }) => !names.has(name));
      return [...had, ...others.map(({ name }) => ({ name, people: 0 }))];
    },

    async add(name, at) {
      database.insert(personRoles).values({ name, createdAt: at }).run();
    },

    async replace(name, by, cause, at) {
      inOneWrite(database, (tx) => {
        tx.insert(changes)
          .select(
            tx
              .select({
                id: sql<number>`null`.as('id'),
                recordId: people.id,
                at: sql<number>`${at}`.as('at'),
                causeKind: sql<string>`${cause.kind}`.as('cause_kind'),
                causeId: sql<string>`${cause.id}`.as('cause_id'),
                field: sql<string>`'role'`.as('field'),
                before: sql<unknown>`${JSON.stringify(name)}`.as('before'),
                after: sql<unknown>`${JSON.stringify(by)}`.as('after'),
              })
              .from(people)
              .where(eq(people.role, name)),
          )
          .run();
        tx.update(people).set({ role: by, updatedAt: at }).where(eq(people.role, name)).run();
        tx.delete(personRoles).where(eq(personRoles.name, name)).run();
        tx.insert(personRoles).values({ name: by, createdAt: at }).onConflictDoNothing().run();
      });
    },

    async remove(name) {
      database.delete(personRoles).where(eq(personRoles.name, name)).run();
    },
  };
}
