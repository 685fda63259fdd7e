import { inArray, or } from 'drizzle-orm';
import { newId } from '#domain/ids';
import type { Recipients } from '#domain/notice';
import type { Notice } from '#engine/journal-ports';
import type { Database } from './database.ts';
import { mails, notifications, operators } from './schema.ts';

/** Writes what blocks tell, to be called inside a transaction: who is meant is looked up there. */
export function createNoticeWrites(database: Database): { tell(notice: Notice, at: number): void } {
  function operatorsOf({ operatorIds, roles }: Pick<Recipients, 'operatorIds' | 'roles'>) {
    if (operatorIds.length === 0 && roles.length === 0) return [];
    return database
      .select({ id: operators.id, email: operators.email })
      .from(operators)
      .where(or(inArray(operators.id, [...operatorIds]), inArray(operators.role, [...roles])))
      .all();
  }

  function notify(notice: Notice, at: number): void {
    const { level, title, message, link, readers } = notice;
    if (readers === undefined && notice.mail) return;
    const ids = readers ? operatorsOf(readers).map(({ id }) => id) : [null];
    for (const operatorId of ids) {
      const row = { level, title, message, link, id: newId('notification'), at, isRead: false, operatorId };
      database.insert(notifications).values(row).run();
    }
  }

  return {
    tell(notice, at) {
      notify(notice, at);
      if (!notice.mail) return;
      const { subject, text, addresses } = notice.mail;
      const known = operatorsOf(notice.mail).map(({ email }) => email);
      for (const recipient of new Set([...known, ...addresses])) {
        const start = { status: 'waiting', attempts: 0, nextAttemptAt: at, createdAt: at };
        database
          .insert(mails)
          .values({ ...start, id: newId('mail'), recipient, subject, text })
          .run();
      }
    },
  };
}
