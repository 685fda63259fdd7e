import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Agent, agentCredentialSchema } from '#domain/agent';
import { AppError } from '#domain/errors';
import type { AgentStore } from '#engine/agent-ports';
import { type Database, inOneWrite } from './database.ts';
import { agents, integrations } from './schema.ts';

const credentialsSchema = z.array(agentCredentialSchema);

export function createAgentStore(database: Database): AgentStore {
  const byKey = database
    .select()
    .from(agents)
    .where(eq(agents.keyHash, sql.placeholder('keyHash')))
    .prepare();

  return {
    async list() {
      return database
        .select()
        .from(agents)
        .orderBy(asc(sql`lower(${agents.name})`))
        .all()
        .map(toAgent);
    },

    async find(id) {
      const row = database.select().from(agents).where(eq(agents.id, id)).get();
      return row && toAgent(row);
    },

    async findByKey(keyHash) {
      const row = byKey.get({ keyHash });
      return row && toAgent(row);
    },

    async insert(agent, at) {
      inOneWrite(database, (tx) => {
        if (tx.select({ id: agents.id }).from(agents).where(eq(agents.name, agent.name)).get()) {
          throw new AppError('conflict', `There is an agent "${agent.name}" already. Choose another name.`, {
            place: 'name',
          });
        }
        tx.insert(agents)
          .values({ ...agent, createdAt: at })
          .run();
      });
    },

    async invite(id, tokenHash, tokenExpiresAt) {
      const anew = { tokenHash, tokenExpiresAt, keyHash: null, registeredAt: null };
      return database.update(agents).set(anew).where(eq(agents.id, id)).run().changes > 0;
    },

    async register(tokenHash, keyHash, version, at) {
      const known = { keyHash, version, registeredAt: at, lastContactAt: at };
      const [row] = database
        .update(agents)
        .set({ ...known, tokenHash: null, tokenExpiresAt: null })
        .where(and(eq(agents.tokenHash, tokenHash), gt(agents.tokenExpiresAt, at)))
        .returning()
        .all();
      return row && toAgent(row);
    },

    async contacted(id, { version, credentials }, at) {
      database.update(agents).set({ version, credentials, lastContactAt: at }).where(eq(agents.id, id)).run();
    },

    async remove(id) {
      return inOneWrite(database, (tx) => {
        const uses = tx
          .select({ name: integrations.name })
          .from(integrations)
          .where(eq(integrations.agentId, id))
          .all();
        if (uses.length > 0) {
          const names = uses.map(({ name }) => `"${name}"`).join(', ');
          throw new AppError(
            'conflict',
            `This agent does the loads of ${names}. Choose another one there first.`,
          );
        }
        return tx.delete(agents).where(eq(agents.id, id)).run().changes > 0;
      });
    },
  };
}

function toAgent(row: typeof agents.$inferSelect): Agent {
  return {
    id: row.id,
    name: row.name,
    registeredAt: toTime(row.registeredAt),
    tokenExpiresAt: toTime(row.tokenExpiresAt),
    version: row.version,
    lastContactAt: toTime(row.lastContactAt),
    credentials: credentialsSchema.parse(row.credentials),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

const toTime = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
