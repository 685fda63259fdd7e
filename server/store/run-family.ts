import { and, desc, eq, sql } from 'drizzle-orm';
import type { RunFamily, RunStatus } from '#domain/run';
import type { Database } from './database.ts';
import { runs } from './schema.ts';

const mostStarted = 10;

/** The run that started a run, and those that it has started, the newest first and at most some of them. */
export function readFamily(database: Database, runId: string): RunFamily {
  const own = database.select({ step: runs.parentStep }).from(runs).where(eq(runs.id, runId)).get();
  const [parentId, block] = own?.step?.split('/') ?? [];
  const parent =
    parentId === undefined
      ? undefined
      : database
          .select({ runId: runs.id, workflowName: runs.workflowName })
          .from(runs)
          .where(eq(runs.id, parentId))
          .get();
  const prefix = `${runId}/`;
  const started = database
    .select({ runId: runs.id, workflowName: runs.workflowName, status: runs.status, step: runs.parentStep })
    .from(runs)
    .where(and(sql`${runs.parentStep} >= ${prefix}`, sql`${runs.parentStep} < ${`${prefix}~`}`))
    .orderBy(desc(runs.key))
    .limit(mostStarted)
    .all();
  return {
    parent: parent ? { ...parent, block: block ?? '' } : null,
    started: started.map(({ step, status, ...row }) => ({
      ...row,
      status: status as RunStatus,
      block: step?.split('/')[1] ?? '',
    })),
  };
}
