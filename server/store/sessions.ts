import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SessionStore } from '#engine/access-ports';
import type { Database } from './database.ts';
import { sessions } from './schema.ts';

const contentSchema = z.object({
  operatorId: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  confirmedAt: z.number().optional(),
});

export function createSessionStore(database: Database): SessionStore {
  const byHash = database
    .select({ content: sessions.content })
    .from(sessions)
    .where(and(eq(sessions.idHash, sql.placeholder('hash')), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare();

  return {
    async find(hash, now) {
      const row = byHash.get({ hash, now });
      return row && contentSchema.parse(JSON.parse(row.content));
    },

    async save(hash, session, expiresAt) {
      const content = JSON.stringify(session);
      database
        .insert(sessions)
        .values({ idHash: hash, content, expiresAt })
        .onConflictDoUpdate({ target: sessions.idHash, set: { content, expiresAt } })
        .run();
    },

    async remove(hash) {
      database.delete(sessions).where(eq(sessions.idHash, hash)).run();
    },

    async removeExpired(now) {
      database.delete(sessions).where(lte(sessions.expiresAt, now)).run();
    },
  };
}
