import { and, eq, gte, notLike, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { defaultGuardContent, guardContentSchema } from '#domain/guard';
import type { LimitKind } from '#domain/limits';
import { type Protection, protectionSchema } from '#domain/protection';
import type { ApprovalUse } from '#engine/approval-ports';
import type { GuardFacts, GuardStore } from '#engine/guard-ports';
import { takeApproval } from './approvals.ts';
import type { Database, Transaction } from './database.ts';
import { apps, guardState, limitUses, operators, protections, saasUsers } from './schema.ts';

const hourMs = 60 * 60_000;

/** Counts the generation up within a transaction that changes what the guard knows. */
export function countGuardUp(tx: Pick<Transaction, 'insert'>): void {
  tx.insert(guardState)
    .values({ id: 1, generation: 1, content: defaultGuardContent })
    .onConflictDoUpdate({ target: guardState.id, set: { generation: sql`${guardState.generation} + 1` } })
    .run();
}

/** The guard's one row and the list of protections. */
export function createGuardStore(database: Database): GuardStore {
  function read(): GuardFacts {
    const row = database.select().from(guardState).get();
    const list = database.select().from(protections).orderBy(protections.id).all();
    return {
      generation: row?.generation ?? 0,
      content: row ? guardContentSchema.parse(row.content) : defaultGuardContent,
      protections: list.map(toProtection),
      operators: database
        .select({ email: operators.email })
        .from(operators)
        .all()
        .map(({ email }) => email),
    };
  }

  /** Writes and counts the generation up, at once or not at all. */
  function change(write: (facts: GuardFacts) => GuardFacts['content'], use?: ApprovalUse): GuardFacts {
    return database.transaction(
      () => {
        if (use) takeApproval(database, use);
        const before = read();
        const content = write(before);
        const generation = before.generation + 1;
        database
          .insert(guardState)
          .values({ id: 1, generation, content })
          .onConflictDoUpdate({ target: guardState.id, set: { generation, content } })
          .run();
        return read();
      },
      { behavior: 'immediate' },
    );
  }

  return {
    read: async () => read(),
    change: async (decide, use) => change(({ content }) => decide(content), use),

    addProtection: async (protection) =>
      change(({ content }) => {
        const createdAt = Date.parse(protection.createdAt);
        database
          .insert(protections)
          .values({ ...protection, createdAt })
          .run();
        return content;
      }),

    removeProtection: async (id, use) =>
      change(({ content }) => {
        const { changes } = database.delete(protections).where(eq(protections.id, id)).run();
        if (changes === 0)
          throw new AppError('not_found', 'There is no such protection. It may be gone already.');
        return content;
      }, use),

    async uses(now) {
      const { scope, kind, hour, used } = limitUses;
      const rows = database
        .select({ scope, kind, used: sql<number>`sum(${used})` })
        .from(limitUses)
        .where(and(gte(hour, Math.floor(now / hourMs) - 23), notLike(scope, 'run:%')))
        .groupBy(scope, kind)
        .all();
      return rows.map((row) => ({ ...row, kind: row.kind as LimitKind }));
    },

    async accounts(vendorId) {
      const row = database
        .select({ loaded: sql<number>`count(*)`, present: sql<number>`sum(${saasUsers.isDeactivated} = 0)` })
        .from(saasUsers)
        .innerJoin(apps, eq(apps.id, saasUsers.appId))
        .where(eq(apps.vendorId, vendorId))
        .get();
      return row && row.loaded > 0 ? row.present : null;
    },

    async used({ scope, kind, isDaily }, now) {
      const since = isDaily ? Math.floor(now / hourMs) - 23 : 0;
      const row = database
        .select({ used: sql<number>`coalesce(sum(${limitUses.used}), 0)` })
        .from(limitUses)
        .where(and(eq(limitUses.scope, scope), eq(limitUses.kind, kind), gte(limitUses.hour, since)))
        .get();
      return row?.used ?? 0;
    },
  };
}

function toProtection(row: typeof protections.$inferSelect): Protection {
  return protectionSchema.parse({ ...row, createdAt: new Date(row.createdAt).toISOString() });
}
