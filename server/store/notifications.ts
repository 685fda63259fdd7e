import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { NotificationStore, StoredNotification } from '#engine/record-ports';
import { countRows } from './count.ts';
import { fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { notifications } from './schema.ts';

const isFor = (reader: string | null) =>
  reader === null
    ? isNull(notifications.operatorId)
    : or(isNull(notifications.operatorId), eq(notifications.operatorId, reader));

export function createNotificationStore(database: Database): NotificationStore {
  return {
    async add(notification, at) {
      database
        .insert(notifications)
        .values({ ...notification, at, isRead: false })
        .run();
    },

    async list({ limit, cursor }, reader) {
      // Ids sort by the time at which they were made.
      const before = cursor === undefined ? undefined : lt(notifications.id, String(fromCursor(cursor)));
      const rows = database
        .select()
        .from(notifications)
        .where(and(isFor(reader), before))
        .orderBy(desc(notifications.id))
        .limit(limit + 1)
        .all();
      const total = countRows(database, notifications, isFor(reader));
      const isUnread = and(isFor(reader), eq(notifications.isRead, false));
      const unread = countRows(database, notifications, isUnread);
      return { ...toPage(rows, limit, total, (row) => row.id, toNotification), unread };
    },

    async markRead(id, reader) {
      const marked = database
        .update(notifications)
        .set({ isRead: true })
        .where(and(eq(notifications.id, id), isFor(reader)))
        .run();
      return marked.changes === 1;
    },

    async markAllRead(reader) {
      const isUnread = and(isFor(reader), eq(notifications.isRead, false));
      database.update(notifications).set({ isRead: true }).where(isUnread).run();
    },
  };
}

const toNotification = ({
  operatorId: _operatorId,
  ...row
}: typeof notifications.$inferSelect): StoredNotification => ({
  ...row,
  at: new Date(row.at).toISOString(),
  level: row.level as StoredNotification['level'],
});
