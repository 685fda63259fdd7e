import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RecordStatus, RunStatus } from '#domain/run';
import { workflowRecordsSchema } from '#domain/workflow';
import type { ChildStore } from '#engine/child-ports';
import type { References } from '#engine/workflow-ports';
import type { Database } from './database.ts';
import { runRecords, runs, steps, workflows } from './schema.ts';

/** Workflows with those that the active version of each starts. */
export function createWorkflowReferences({ $client }: Database): References['workflows'] {
  const list = $client.prepare<[], { id: string; name: string; isActive: number; starts: string }>(`
    SELECT w.id, w.name, w.active_version_id IS NOT NULL AS isActive, coalesce((
      SELECT json_group_array(b.value ->> '$.settings.workflowId') FROM json_each(v.graph, '$.blocks') b
      WHERE b.value ->> '$.type' = 'run-workflow'), '[]') AS starts
    FROM workflows w LEFT JOIN versions v ON v.id = w.active_version_id ORDER BY lower(w.name)`);
  return async () =>
    list.all().map(({ starts, isActive, ...row }) => ({
      ...row,
      isActive: isActive === 1,
      starts: JSON.parse(starts) as string[],
    }));
}

/** Runs that runs have started, and the records that wait for them. */
export function createChildRunStore(database: Database): ChildStore {
  return {
    async workflow(id) {
      const row = database
        .select({ name: workflows.name, records: workflows.records, active: workflows.activeVersionId })
        .from(workflows)
        .where(eq(workflows.id, id))
        .get();
      return (
        row && {
          name: row.name,
          records: workflowRecordsSchema.parse(row.records),
          isActive: row.active !== null,
        }
      );
    },

    async waiting(parent, code, block, limit) {
      const ids = sql<string>`json_extract(${runRecords.variables}, '$._started.' || json_quote(${block}) || '.ids')`;
      const isHeld = sql`${runRecords.held} IS NOT NULL AND json_extract(${runRecords.held}, '$.code') = ${code}`;
      const rows = database
        .select({ n: runRecords.n, ids })
        .from(runRecords)
        .where(and(eq(runRecords.run, parent), isHeld))
        .orderBy(runRecords.n)
        .limit(limit)
        .all();
      return rows.map((row) => ({ n: row.n, ids: JSON.parse(row.ids) as string[] }));
    },

    async outcome(runId, recordIds) {
      const run = database
        .select({ key: runs.key, status: runs.status, workflowName: runs.workflowName, error: runs.error })
        .from(runs)
        .where(eq(runs.id, runId))
        .get();
      if (!run) return undefined;
      const rows = database
        .select({ status: runRecords.status, error: runRecords.error })
        .from(runRecords)
        .where(and(eq(runRecords.run, run.key), inArray(runRecords.recordId, [...recordIds])))
        .all();
      const records = rows.map(({ status, error }) => ({ status: status as RecordStatus, error }));
      const { workflowName, error } = run;
      return { runId, workflowName, status: run.status as RunStatus, error, records };
    },

    async count(parentId, block) {
      const prefix = `${parentId}/${block}/`;
      const row = database
        .select({ count: sql<number>`count(*)` })
        .from(runs)
        .where(sql`${runs.parentStep} >= ${prefix} AND ${runs.parentStep} < ${`${prefix}~`}`)
        .get();
      return row?.count ?? 0;
    },

    async planned(planKey) {
      const rows = database
        .select({ block: steps.block, ids: sql<string>`json_extract(${steps.effect}, '$.ids')` })
        .from(steps)
        .where(and(eq(steps.run, planKey), sql`json_extract(${steps.effect}, '$.does') = 'start-run'`))
        .all();
      const found = new Map<string, Set<string>>();
      for (const { block, ids } of rows) {
        const known = found.get(block) ?? new Set();
        for (const id of JSON.parse(ids) as string[]) known.add(id);
        found.set(block, known);
      }
      return [...found].map(([block, ids]) => ({ block, recordIds: [...ids] }));
    },
  };
}
