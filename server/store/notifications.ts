import { desc, eq, lt } from 'drizzle-orm';
import type { NotificationStore, StoredNotification } from '#engine/record-ports';
import { countRows } from './count.ts';
import { fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { notifications } from './schema.ts';

export function createNotificationStore(database: Database): NotificationStore {
  return {
    async add(notification, at) {
      database
        .insert(notifications)
        .values({ ...notification, at, isRead: false })
        .run();
    },

    async list({ limit, cursor }) {
      // Ids sort by the time at which they were made.
      const before = cursor === undefined ? undefined : lt(notifications.id, String(fromCursor(cursor)));
      const rows = database
        .select()
        .from(notifications)
        .where(before)
        .orderBy(desc(notifications.id))
        .limit(limit + 1)
        .all();
      const total = countRows(database, notifications);
      const unread = countRows(database, notifications, eq(notifications.isRead, false));
      return { ...toPage(rows, limit, total, (row) => row.id, toNotification), unread };
    },

    async markRead(id) {
      const marked = database
        .update(notifications)
        .set({ isRead: true })
        .where(eq(notifications.id, id))
        .run();
      return marked.changes === 1;
    },

    async markAllRead() {
      database.update(notifications).set({ isRead: true }).where(eq(notifications.isRead, false)).run();
    },
  };
}

const toNotification = (row: typeof notifications.$inferSelect): StoredNotification => ({
  ...row,
  at: new Date(row.at).toISOString(),
  level: row.level as StoredNotification['level'],
});
