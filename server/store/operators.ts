import { eq, sql } from 'drizzle-orm';
import type { Role } from '#domain/rights';
import type { OperatorStore, OperatorView } from '#engine/access-ports';
import type { HandStore } from '#engine/approval-ports';
import { countRows } from './count.ts';
import type { Database } from './database.ts';
import { countGuardUp } from './guard.ts';
import { operators } from './schema.ts';

export function createOperatorStore(database: Database): OperatorStore & HandStore {
  const byId = database
    .select()
    .from(operators)
    .where(eq(operators.id, sql.placeholder('id')))
    .prepare();
  const count = () => countRows(database, operators);

  return {
    count: async () => count(),

    async find(id) {
      const row = byId.get({ id });
      return row && toOperator(row);
    },

    async findByEmail(email) {
      const row = database.select().from(operators).where(eq(operators.email, email)).get();
      return row && { operator: toOperator(row), passwordHash: row.passwordHash };
    },

    async hands() {
      const rows = database.select().from(operators).orderBy(operators.name).all();
      return rows.map(({ grantedBy, grantedAt, ...row }) => ({
        ...toOperator({ ...row, grantedBy, grantedAt }),
        grantedBy,
        grantedAt: grantedAt ?? row.createdAt,
      }));
    },

    async insertFirst(operator, passwordHash, at) {
      const insert = () => {
        if (count() > 0) return false;
        database
          .insert(operators)
          .values({ ...operator, passwordHash, createdAt: at })
          .run();
        countGuardUp(database);
        return true;
      };
      return database.$client.transaction(insert).immediate();
    },
  };
}

export const toOperator = ({ id, name, email, role }: typeof operators.$inferSelect): OperatorView => ({
  id,
  name,
  email,
  role: role as Role,
});
