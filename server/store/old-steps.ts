import { and, asc, eq, gt, gte, isNotNull, isNull, lt, lte } from 'drizzle-orm';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { runs, steps } from './schema.ts';

/**
 * Takes the details of runs that ended before a time, some steps at a time. What stays for ever: the run with its
 * counts, each record with what became of it, and every effect on an account: what was done to whom, when and by which
 * step. What goes: requests, answers, states before, and steps that changed nothing.
 */
export function createOldSteps(database: Database): {
  removeSome(before: number, limit: number): Promise<number>;
} {
  /** How far the run has been gone through; after a restart from its first record again. */
  let at = { run: 0, n: -1 };

  return {
    async removeSome(before, limit) {
      return inOneWrite(database, (tx) => {
        const old = and(eq(runs.hasSteps, true), lt(runs.finishedAt, before));
        const run = tx
          .select({ key: runs.key })
          .from(runs)
          .where(old)
          .orderBy(asc(runs.finishedAt))
          .limit(1)
          .get();
        if (!run) return 0;
        if (at.run !== run.key) at = { run: run.key, n: -1 };
        const some = tx
          .select({ n: steps.recordN })
          .from(steps)
          .where(and(eq(steps.run, run.key), gt(steps.recordN, at.n)))
          .orderBy(asc(steps.recordN), asc(steps.n))
          .limit(limit)
          .all();
        const last = some.at(-1);
        if (!last) {
          tx.update(runs).set({ hasSteps: false }).where(eq(runs.key, run.key)).run();
          return 1;
        }
        compact(tx, run.key, at.n + 1, last.n);
        at = { run: run.key, n: last.n };
        return some.length;
      });
    },
  };
}

function compact(tx: Transaction, run: number, from: number, to: number): void {
  const these = and(eq(steps.run, run), gte(steps.recordN, from), lte(steps.recordN, to));
  tx.delete(steps)
    .where(and(these, isNull(steps.effect)))
    .run();
  tx.update(steps)
    .set({ request: null, answer: null, before: null })
    .where(and(these, isNotNull(steps.effect)))
    .run();
}
