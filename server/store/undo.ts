import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { CallEffect, Undo } from '#domain/effect';
import { graphSchema, workflowRecordsSchema } from '#domain/workflow';
import type { UndoReader } from '#engine/undo-ports';
import type { Database } from './database.ts';
import { runs, steps, versions } from './schema.ts';

/** What a run has surely done: calls whose answer says so, by block. */
export function createUndoReader(database: Database): UndoReader {
  const part = (name: string) => sql<string>`json_extract(${steps.effect}, ${`$.${name}`})`;
  const made = database.$client.prepare<[string], { id: string; name: string; block: string }>(`
    SELECT w.id, w.name, json_extract(b.value, '$.settings.undoes.block') AS block
    FROM workflows w, json_each(w.draft, '$.blocks') b
    WHERE json_extract(b.value, '$.settings.undoes.runId') = ? ORDER BY w.created_at`);
  return {
    async done(runId) {
      const run = database
        .select({
          key: runs.key,
          mode: runs.mode,
          name: runs.workflowName,
          graph: versions.graph,
          records: versions.records,
        })
        .from(runs)
        .innerJoin(versions, eq(versions.id, runs.versionId))
        .where(eq(runs.id, runId))
        .get();
      if (!run) return undefined;
      const rows = database
        .select({
          block: steps.block,
          does: part('does'),
          undo: part('undo'),
          vendorId: part('vendorId'),
          presetId: part('presetId'),
          count: sql<number>`count(DISTINCT ${steps.recordN})`,
        })
        .from(steps)
        .where(and(eq(steps.run, run.key), eq(steps.status, 'succeeded'), isNotNull(steps.effect)))
        .groupBy(steps.block)
        .orderBy(sql`min(${steps.id}) DESC`)
        .all();
      const takers = made.all(runId);
      return {
        workflowName: run.name,
        records: workflowRecordsSchema.parse(run.records),
        graph: graphSchema.parse(run.graph),
        // A dry run has done nothing that could be taken back.
        blocks: (run.mode === 'plan' ? [] : rows).map((row) => ({
          ...row,
          does: row.does as CallEffect['does'],
          undo: JSON.parse(row.undo) as Undo,
          made: takers.filter(({ block }) => block === row.block).map(({ id, name }) => ({ id, name })),
        })),
      };
    },
  };
}
