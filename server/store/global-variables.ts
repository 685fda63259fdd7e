import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { globalValueSchema } from '#domain/global-variable';
import type { GlobalVariableStore } from '#engine/global-variable-ports';
import { type Database, inOneWrite } from './database.ts';
import { globalVariables, workflows } from './schema.ts';

/** Values that all workflows may use. */
export function createGlobalVariableStore(database: Database): GlobalVariableStore {
  return {
    list: async () =>
      database
        .select()
        .from(globalVariables)
        .orderBy(asc(sql`lower(${globalVariables.name})`))
        .all()
        .map((row) => ({
          ...row,
          value: globalValueSchema.parse(row.value),
          updatedAt: new Date(row.updatedAt).toISOString(),
        })),

    async insert(variable) {
      inOneWrite(database, (tx) => {
        const isSame = sql`lower(${globalVariables.name}) = ${variable.name.toLowerCase()}`;
        const other = tx.select().from(globalVariables).where(isSame).get();
        if (other) {
          throw new AppError(
            'conflict',
            `There is a global variable “${other.name}” already. Change that one, or choose another name.`,
            { place: 'name' },
          );
        }
        tx.insert(globalVariables).values(variable).run();
      });
    },

    async write(name, change, activeVersionIds) {
      inOneWrite(database, (tx) => {
        const active = tx
          .select({ id: workflows.activeVersionId })
          .from(workflows)
          .where(isNotNull(workflows.activeVersionId))
          .all();
        const known = new Set(activeVersionIds);
        if (active.length !== known.size || active.some(({ id }) => id === null || !known.has(id))) {
          throw new AppError('conflict', 'A workflow was launched or deactivated meanwhile. Try again.');
        }
        const isIt = eq(globalVariables.name, name);
        if (change) tx.update(globalVariables).set(change).where(isIt).run();
        else tx.delete(globalVariables).where(isIt).run();
      });
    },
  };
}
