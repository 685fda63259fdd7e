import { and, asc, count, desc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { emptyTally, type LoadIssue } from '#domain/load';
import type { LoadStore } from '#engine/load-ports';
import { fromCursor, toPage } from './cursor.ts';
import { type Database, inOneWrite } from './database.ts';
import { toLoad } from './load-rows.ts';
import { loadIssues, loads } from './schema.ts';

const unfinished = ['queued', 'running'];

export function createLoadStore(database: Database): LoadStore {
  const find = (id: string) => database.select().from(loads).where(eq(loads.id, id)).get();

  return {
    async begin({ id, integrationId, startedBy, at }) {
      return inOneWrite(database, (tx) => {
        const isRunning = and(eq(loads.integrationId, integrationId), inArray(loads.status, unfinished));
        if (tx.select({ id: loads.id }).from(loads).where(isRunning).get()) {
          throw new AppError(
            'conflict',
            'A load of this integration is running. Wait for its end, or cancel it.',
          );
        }
        const row = {
          id,
          integrationId,
          status: 'running',
          startedBy,
          startedAt: at,
          finishedAt: null,
          pages: 0,
          tally: emptyTally,
          isComplete: false,
          error: null,
        };
        return toLoad(tx.insert(loads).values(row).returning().get());
      });
    },

    async find(id) {
      const row = find(id);
      return row && toLoad(row);
    },

    async list(integrationId, { limit, cursor }) {
      const isOf = eq(loads.integrationId, integrationId);
      const after = cursor === undefined ? undefined : lt(loads.id, String(fromCursor(cursor)));
      // Ids of loads sort by the time they were made.
      const rows = database
        .select()
        .from(loads)
        .where(and(isOf, after))
        .orderBy(desc(loads.id))
        .limit(limit + 1)
        .all();
      const total = database.select({ n: count() }).from(loads).where(isOf).get()?.n ?? 0;
      return toPage(rows, limit, total, (row) => row.id, toLoad);
    },

    async issues(id, { limit, cursor, kind, search }) {
      const isOf = and(
        eq(loadIssues.loadId, id),
        kind && eq(loadIssues.kind, kind),
        search ? or(contains(loadIssues.label, search), contains(loadIssues.reason, search)) : undefined,
      );
      const after = cursor === undefined ? undefined : gt(loadIssues.n, Number(fromCursor(cursor)));
      const rows = database
        .select()
        .from(loadIssues)
        .where(and(isOf, after))
        .orderBy(asc(loadIssues.n))
        .limit(limit + 1)
        .all();
      const total = database.select({ n: count() }).from(loadIssues).where(isOf).get()?.n ?? 0;
      return toPage(rows, limit, total, (row) => row.n, toIssue);
    },

    async finish(id, { status, isComplete, missing, error, at }) {
      const [row] = database
        .update(loads)
        .set({ status, isComplete, missing, error, finishedAt: at })
        .where(and(eq(loads.id, id), inArray(loads.status, unfinished)))
        .returning()
        .all();
      const now = row ?? find(id);
      if (!now)
        throw new AppError('not_found', 'There is no such load. Its integration may have been removed.');
      return toLoad(now);
    },

    async unfinished() {
      const rows = database
        .select()
        .from(loads)
        .where(inArray(loads.status, unfinished))
        .orderBy(asc(loads.id));
      return rows.all().map(toLoad);
    },

    async putBack(id) {
      const back = database.update(loads).set({ status: 'queued' }).where(eq(loads.id, id));
      return toLoad(back.returning().get());
    },

    async take(id) {
      const taken = database.update(loads).set({ status: 'running' }).where(eq(loads.id, id));
      return toLoad(taken.returning().get());
    },

    async restart(id) {
      return inOneWrite(database, (tx) => {
        tx.delete(loadIssues).where(eq(loadIssues.loadId, id)).run();
        const anew = { status: 'running', pages: 0, tally: emptyTally, restarts: sql`${loads.restarts} + 1` };
        return toLoad(tx.update(loads).set(anew).where(eq(loads.id, id)).returning().get());
      });
    },

    async removeIssues(before, limit) {
      return inOneWrite(database, (tx) => {
        // Ids of loads sort by the time they were made: where the oldest log has to stay, all have to.
        const { loadId, n } = loadIssues;
        const oldest = tx.select({ id: loadId }).from(loadIssues).orderBy(asc(loadId)).limit(1).get();
        const ended = and(eq(loads.id, oldest?.id ?? ''), lt(loads.finishedAt, before));
        const load = tx.select({ id: loads.id }).from(loads).where(ended).get();
        if (!load) return 0;
        const isOf = eq(loadId, load.id);
        const some = tx.select({ n }).from(loadIssues).where(isOf).orderBy(asc(n)).limit(limit);
        return tx
          .delete(loadIssues)
          .where(and(isOf, inArray(n, some)))
          .run().changes;
      });
    },

    async settle(id, { status, isComplete, missing, error }) {
      const [row] = database
        .update(loads)
        .set({ status, isComplete, missing, error })
        .where(and(eq(loads.id, id), eq(loads.status, 'held')))
        .returning()
        .all();
      return row && toLoad(row);
    },
  };
}

/** Capital or small letters are the same; what a pattern would mean by `%` or `_` means itself. */
function contains(column: typeof loadIssues.label | typeof loadIssues.reason, text: string) {
  return sql`instr(lower(${column}), ${text.toLowerCase()}) > 0`;
}

const toIssue = ({ n, kind, label, reason }: typeof loadIssues.$inferSelect): LoadIssue => ({
  n,
  kind: kind as LoadIssue['kind'],
  label,
  reason,
});
