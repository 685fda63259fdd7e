import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { NewId } from '#domain/ids';
import type { ContactStore, Telling } from '#engine/contact-ports';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { toIntegration } from './integrations.ts';
import { toLoad } from './load-rows.ts';
import { integrations, loads, mails, notifications, operators } from './schema.ts';

const atOnce = 100;
/** As in the index, word for word: with a bound value SQLite would read every load there ever was. */
const isUntold = sql`${loads.told} <> 'end'`;

/** Whom integrations tell, and what they were told. Without a mail server no e-mail is kept. */
export function createContactStore(
  database: Database,
  { newId, sendsMail }: { newId: NewId; sendsMail: boolean },
): ContactStore {
  const all = () =>
    database
      .select({ id: operators.id, name: operators.name, email: operators.email })
      .from(operators)
      .orderBy(asc(operators.name));

  /** True when contacts are to get an e-mail of it. */
  const note = (tx: Transaction, { integrationId, about }: Telling): boolean => {
    const row = tx
      .select({ told: integrations.told })
      .from(integrations)
      .where(eq(integrations.id, integrationId))
      .get();
    const before = row?.told ?? [];
    const told = about === 'well' ? [] : [...new Set([...before, about])];
    if (told.length === before.length) return false;
    tx.update(integrations).set({ told }).where(eq(integrations.id, integrationId)).run();
    return true;
  };

  const write = (tx: Transaction, telling: Telling, at: number): void => {
    const isNew = note(tx, telling);
    // That a load went well is no news unless there was trouble before.
    if (telling.about === 'well' && !isNew) return;
    const { contacts, notification, mail } = telling;
    const known =
      contacts.operatorIds.length === 0
        ? []
        : tx.select().from(operators).where(inArray(operators.id, contacts.operatorIds)).all();
    const readers = known.length > 0 ? known.map(({ id }) => id) : [null];
    for (const operatorId of readers) {
      if (!isNew) forgetUnread(tx, notification.title, operatorId);
      const row = { ...notification, id: newId('notification'), at, isRead: false, operatorId };
      tx.insert(notifications).values(row).run();
    }
    if (!isNew || !sendsMail) return;
    for (const recipient of new Set([...known.map(({ email }) => email), ...contacts.addresses])) {
      const start = { status: 'waiting', attempts: 0, nextAttemptAt: at, createdAt: at };
      tx.insert(mails)
        .values({ ...mail, ...start, id: newId('mail'), recipient })
        .run();
    }
  };

  return {
    operators: async () => all().all(),

    async untoldLoads(lateSince) {
      const hasEnded = isNotNull(loads.finishedAt);
      const isLate = and(eq(loads.told, 'nothing'), lt(loads.startedAt, lateSince));
      const rows = database
        .select()
        .from(loads)
        .innerJoin(integrations, eq(integrations.id, loads.integrationId))
        .where(and(isUntold, or(hasEnded, isLate)))
        .orderBy(asc(loads.id))
        .limit(atOnce)
        .all();
      return rows.map((row) => ({
        load: toLoad(row.loads),
        integration: toIntegration(row.integrations, null),
      }));
    },

    async tellOfLoad(loadId, told, telling, at) {
      inOneWrite(database, (tx) => {
        const isNews = and(eq(loads.id, loadId), isUntold, ne(loads.told, told));
        if (tx.update(loads).set({ told }).where(isNews).run().changes === 0) return;
        if (telling) write(tx, telling, at);
      });
    },

    async tell(telling, at) {
      inOneWrite(database, (tx) => write(tx, telling, at));
    },
  };
}

/** Trouble that goes on fills no list: of what was not read, the newest stays. */
function forgetUnread(tx: Transaction, title: string, operatorId: string | null): void {
  const isTheirs =
    operatorId === null ? isNull(notifications.operatorId) : eq(notifications.operatorId, operatorId);
  const isUnread = and(eq(notifications.title, title), eq(notifications.isRead, false), isTheirs);
  tx.delete(notifications).where(isUnread).run();
}
