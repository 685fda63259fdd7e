import { and, asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { NewId } from '#domain/ids';
import type { MailStore } from '#engine/contact-ports';
import { type Database, inOneWrite } from './database.ts';
import { mails, notifications } from './schema.ts';

/** As in the index, word for word: with a bound value SQLite would read every mail there ever was. */
const isWaiting = sql`${mails.status} = 'waiting'`;

export function createMailStore(database: Database, newId: NewId): MailStore {
  return {
    async takeDue(now, heldUntil) {
      return inOneWrite(database, (tx) => {
        const isDue = and(isWaiting, lte(mails.nextAttemptAt, now));
        const mail = tx.select().from(mails).where(isDue).orderBy(asc(mails.nextAttemptAt)).limit(1).get();
        if (!mail) return undefined;
        tx.update(mails)
          .set({ attempts: mail.attempts + 1, nextAttemptAt: heldUntil })
          .where(eq(mails.id, mail.id))
          .run();
        return mail;
      });
    },

    async finish(id, at) {
      database
        .update(mails)
        .set({ status: 'sent', error: null, finishedAt: at })
        .where(eq(mails.id, id))
        .run();
    },

    async retryLater(id, error, nextAttemptAt) {
      database.update(mails).set({ error, nextAttemptAt }).where(eq(mails.id, id)).run();
    },

    async giveUp(id, error, notification, at) {
      inOneWrite(database, (tx) => {
        tx.update(mails).set({ status: 'given_up', error, finishedAt: at }).where(eq(mails.id, id)).run();
        tx.insert(notifications)
          .values({ ...notification, id: newId('notification'), at, isRead: false })
          .run();
      });
    },

    async removeSome(before, limit) {
      // Ids sort by the time they were made, so only the oldest are looked at. None of them waits for longer than a day.
      const { id, finishedAt } = mails;
      const oldest = database
        .select({ id, finishedAt })
        .from(mails)
        .orderBy(asc(id))
        .limit(limit)
        .as('oldest');
      const old = database.select({ id: oldest.id }).from(oldest).where(lt(oldest.finishedAt, before));
      return database.delete(mails).where(inArray(id, old)).run().changes;
    },
  };
}
