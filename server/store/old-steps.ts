import { and, asc, eq, gt, gte, isNull, lt, lte, sql } from 'drizzle-orm';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { runs, steps } from './schema.ts';

/**
 * Takes the details of runs that ended before a time, some steps at a time. What stays for ever: the run with its
 * counts, each record with what became of it, and every effect on an account: what was done to whom, when, by which
 * step and with which answer. Of what took something from somebody the record's way to it stays, too: which block let
 * it pass, and on what data. What goes: bodies and headers, states before, and all other steps that changed nothing.
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

/** A later step of the same record took something from somebody. */
const leadsToHarm = sql`EXISTS (
  SELECT 1 FROM steps AS harm
  WHERE harm.run = ${steps.run} AND harm.record_n = ${steps.recordN} AND harm.n > ${steps.n}
    AND harm.effect ->> '$.limitKind' IS NOT NULL)`;

/** Which request, and which answer. */
const shortRequest = sql`CASE WHEN ${steps.effect} IS NOT NULL AND json_valid(${steps.request}) THEN
  json_object('method', coalesce(${steps.request} ->> '$.method', ''), 'url', coalesce(${steps.request} ->> '$.url', ''),
    'headers', json('{}')) END`;
const shortAnswer = sql`CASE WHEN json_valid(${steps.answer}) THEN
  json_object('outcome', coalesce(${steps.answer} ->> '$.outcome', ''), 'status', ${steps.answer} ->> '$.status',
    'headers', json('{}'), 'isCut', json('true'), 'durationMs', coalesce(${steps.answer} ->> '$.durationMs', 0)) END`;

function compact(tx: Transaction, run: number, from: number, to: number): void {
  const these = and(eq(steps.run, run), gte(steps.recordN, from), lte(steps.recordN, to));
  tx.delete(steps)
    .where(and(these, isNull(steps.effect), sql`NOT ${leadsToHarm}`))
    .run();
  const changes = sql`CASE WHEN ${steps.effect} IS NOT NULL THEN ${steps.changes} END`;
  tx.update(steps)
    .set({ request: shortRequest, answer: shortAnswer, before: null, changes })
    .where(these)
    .run();
}
