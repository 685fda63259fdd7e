import { eq, sql } from 'drizzle-orm';
import type { Role } from '#domain/rights';
import type { TokenStore } from '#engine/access-ports';
import type { Database } from './database.ts';
import { tokens } from './schema.ts';

export function createTokenStore(database: Database): TokenStore {
  const byHash = database
    .select()
    .from(tokens)
    .where(eq(tokens.hash, sql.placeholder('hash')))
    .prepare();

  return {
    async insert(token) {
      database.insert(tokens).values(token).run();
    },

    async findByHash(hash) {
      const row = byHash.get({ hash });
      if (!row) return undefined;
      const { lastUsedAt: _lastUsedAt, ...token } = row;
      return { ...token, role: row.role as Role };
    },

    async touch(id, at) {
      database.update(tokens).set({ lastUsedAt: at }).where(eq(tokens.id, id)).run();
    },
  };
}
