import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { ApprovalStatus } from '#domain/approval';
import { agreedKey } from '#domain/dry-run';
import { AppError } from '#domain/errors';
import type { StepStatus } from '#domain/run';
import type { RunStore } from '#engine/run-store-ports';
import { takeApproval } from './approvals.ts';
import { type Database, inOneWrite } from './database.ts';
import { toRun } from './run-rows.ts';
import { approvals, runRecords, runs, steps, versions } from './schema.ts';

type ChecksStore = Pick<
  RunStore,
  | 'plannedBy'
  | 'heldRuns'
  | 'heldCodes'
  | 'approve'
  | 'look'
  | 'isLookedAt'
  | 'harmOf'
  | 'firstHarm'
  | 'lastApproval'
>;

/** How many earlier runs of a version are searched for what it did. */
const searchedRuns = 50;

/** What is asked and written about runs that wait for a plan, an approval or a look. */
export function createRunChecksStore(database: Database): ChecksStore {
  const { $client } = database;
  const codes = $client.prepare<[number], { code: string }>(
    `SELECT DISTINCT json_extract(held, '$.code') AS code FROM run_records WHERE run = ? AND held IS NOT NULL`,
  );
  const holding = $client.prepare<[], { run: number }>(
    'SELECT DISTINCT run FROM run_records WHERE held IS NOT NULL',
  );
  const harm = $client.prepare<[string], { n: number; block: string; does: string; target: string | null }>(`
    SELECT record_n AS n, block, json_extract(effect, '$.does') AS does, json_extract(effect, '$.target.id') AS target
    FROM steps WHERE run = (SELECT key FROM runs WHERE id = ?) AND status = 'planned'
      AND json_extract(effect, '$.limitKind') IS NOT NULL`);

  const lookedAt = $client.prepare<[string], { at: number | null }>(
    'SELECT looked_at AS at FROM versions WHERE id = ?',
  );

  const firstOf = (key: number) =>
    database
      .select({
        runId: runs.id,
        recordN: steps.recordN,
        stepN: steps.n,
        label: runRecords.label,
        block: steps.block,
        status: steps.status,
      })
      .from(steps)
      .innerJoin(runs, eq(runs.key, steps.run))
      .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
      .where(
        and(
          eq(steps.run, key),
          sql`json_extract(${steps.effect}, '$.limitKind') IS NOT NULL`,
          sql`${steps.status} IN ('sending', 'succeeded', 'failed', 'needs_attention')`,
          sql`${steps.request} IS NOT NULL`,
        ),
      )
      .orderBy(sql`${steps.status} = 'failed'`, steps.id)
      .limit(1)
      .get();

  return {
    async plannedBy(planId) {
      const row = database.select().from(runs).where(eq(runs.planId, planId)).get();
      return row && toRun(row);
    },

    async heldRuns() {
      return holding.all().flatMap(({ run }) => {
        const row = database
          .select()
          .from(runs)
          .where(and(eq(runs.key, run), eq(runs.status, 'waiting')))
          .get();
        return row ? [{ row: toRun(row), codes: codes.all(run).map(({ code }) => code) }] : [];
      });
    },

    heldCodes: async (key) => codes.all(key).map(({ code }) => code),

    async approve({ runId, planId, approvalId }, use) {
      inOneWrite(database, (tx) => {
        takeApproval(tx, use);
        const waits = and(
          eq(runs.id, runId),
          eq(runs.planId, planId),
          eq(runs.status, 'waiting'),
          isNull(runs.approvalId),
        );
        const { changes } = tx.update(runs).set({ approvalId }).where(waits).run();
        if (changes === 1) return;
        throw new AppError('conflict', 'The run does not wait for this any more. Start another one.');
      });
    },

    async look(versionId, use) {
      inOneWrite(database, (tx) => {
        takeApproval(tx, use);
        tx.update(versions).set({ lookedAt: use.at }).where(eq(versions.id, versionId)).run();
      });
    },

    isLookedAt: async (versionId) => lookedAt.get(versionId)?.at != null,

    harmOf: async (planId) =>
      harm.all(planId).map(({ n, block, does, target }) => agreedKey(n, block, does, target ?? undefined)),

    async firstHarm(row) {
      const own = firstOf(row.key);
      if (own) return { ...own, status: own.status as StepStatus };
      const earlier = database
        .select({ key: runs.key })
        .from(runs)
        .where(
          and(eq(runs.workflowId, row.workflowId), eq(runs.versionId, row.versionId), eq(runs.mode, 'run')),
        )
        .orderBy(desc(runs.key))
        .limit(searchedRuns)
        .all();
      for (const { key } of earlier) {
        const found = firstOf(key);
        if (found) return { ...found, status: found.status as StepStatus };
      }
      return undefined;
    },

    async lastApproval(runId) {
      const row = database
        .select({ id: approvals.id, status: approvals.status })
        .from(approvals)
        .where(eq(approvals.runId, runId))
        .orderBy(desc(approvals.requestedAt), desc(approvals.id))
        .limit(1)
        .get();
      return row && { id: row.id, status: row.status as ApprovalStatus };
    },
  };
}
