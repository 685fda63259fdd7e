import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import type { LoadScheduleStore } from '#engine/contact-ports';
import { type Database, inOneWrite } from './database.ts';
import { toIntegration } from './integrations.ts';
import { integrations } from './schema.ts';

/** The times of integrations, shared by every process on the database. */
export function createLoadScheduleStore(database: Database): LoadScheduleStore {
  return {
    async takeDue(now, heldUntil) {
      return inOneWrite(database, (tx) => {
        const isFree = or(isNull(integrations.heldUntil), lte(integrations.heldUntil, now));
        const row = tx
          .select()
          .from(integrations)
          .where(and(lte(integrations.nextLoadAt, now), isFree))
          .orderBy(asc(integrations.nextLoadAt))
          .limit(1)
          .get();
        if (!row) return undefined;
        tx.update(integrations).set({ heldUntil }).where(eq(integrations.id, row.id)).run();
        return toIntegration(row, null);
      });
    },

    async advance(id, from, next) {
      database
        .update(integrations)
        .set({ nextLoadAt: next, heldUntil: null })
        .where(and(eq(integrations.id, id), eq(integrations.nextLoadAt, from)))
        .run();
    },
  };
}
