import { and, asc, desc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { RunStatus } from '#domain/run';
import type { UnclearCall, UnclearKind, UnclearReader } from '#engine/unclear-ports';
import { blockName, graphsOf } from './block-names.ts';
import { fromCursor, toPage } from './cursor.ts';
import type { Database } from './database.ts';
import { runRecords, runs, steps } from './schema.ts';
import { parseText, type StoredEffect } from './step-texts.ts';

const shownKinds = 100;
const iso = (ms: number): string => new Date(ms).toISOString();

/** Parked calls over all runs, with their evidence. */
export function createUnclearReader(database: Database): UnclearReader {
  const reason = sql<string>`coalesce(${steps.error}, '')`;
  const isUnclear = and(eq(steps.status, 'needs_attention'), eq(runRecords.status, 'needs_attention'));
  const rowsOf = (where: SQL | undefined) =>
    database
      .select({ step: steps, record: runRecords, run: runs })
      .from(steps)
      .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
      .innerJoin(runs, eq(runs.key, steps.run))
      .where(and(isUnclear, where))
      .orderBy(asc(steps.id));

  function count(where: SQL | undefined): number {
    const row = database
      .select({ count: sql<number>`count(*)` })
      .from(steps)
      .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
      .innerJoin(runs, eq(runs.key, steps.run))
      .where(and(isUnclear, where))
      .get();
    return row?.count ?? 0;
  }

  function kinds(): UnclearKind[] {
    const rows = database
      .select({
        workflowId: runs.workflowId,
        workflowName: sql<string>`max(${runs.workflowName})`,
        versionId: sql<string>`max(${runs.versionId})`,
        block: steps.block,
        reason,
        count: sql<number>`count(*)`,
        oldest: sql<number>`min(${steps.startedAt})`,
      })
      .from(steps)
      .innerJoin(runRecords, and(eq(runRecords.run, steps.run), eq(runRecords.n, steps.recordN)))
      .innerJoin(runs, eq(runs.key, steps.run))
      .where(isUnclear)
      .groupBy(runs.workflowId, steps.block, reason)
      .orderBy(desc(sql`count(*)`))
      .limit(shownKinds)
      .all();
    const graphs = graphsOf(
      database,
      rows.map(({ versionId }) => versionId),
    );
    return rows.map(({ versionId, oldest, ...kind }) => ({
      ...kind,
      blockName: blockName(graphs.get(versionId), kind.block),
      oldestAt: iso(oldest),
    }));
  }

  return {
    async list({ limit, cursor, workflowId, block, reason: why }) {
      const filter = and(
        workflowId === undefined ? undefined : eq(runs.workflowId, workflowId),
        block === undefined ? undefined : eq(steps.block, block),
        why === undefined ? undefined : sql`${reason} = ${why}`,
      );
      const after = cursor === undefined ? undefined : gt(steps.id, Number(fromCursor(cursor)));
      const rows = rowsOf(and(filter, after))
        .limit(limit + 1)
        .all();
      const graphs = graphsOf(
        database,
        rows.map(({ run }) => run.versionId),
      );
      const page = toPage(
        rows,
        limit,
        count(filter),
        ({ step }) => step.id,
        (row) => toCall(row, blockName(graphs.get(row.run.versionId), row.step.block)),
      );
      return { ...page, kinds: kinds() };
    },
  };
}

interface Row {
  step: typeof steps.$inferSelect;
  record: typeof runRecords.$inferSelect;
  run: typeof runs.$inferSelect;
}

function toCall({ step, record, run }: Row, name: string): UnclearCall {
  const effect = parseText<StoredEffect | null>(step.effect, null);
  const target = effect?.target ?? null;
  return {
    runId: run.id,
    runStatus: run.status as RunStatus,
    n: record.n,
    recordId: record.recordId,
    recordType: record.recordType,
    label: record.label,
    step: step.n,
    workflowId: run.workflowId,
    workflowName: run.workflowName,
    versionNumber: run.versionNumber,
    block: step.block,
    blockName: name,
    effect: effect && {
      does: effect.does,
      undo: effect.undo,
      vendorId: effect.vendorId,
      target: target && { id: target.id, email: target.email },
    },
    startedAt: iso(step.startedAt),
    attempts: step.attempts,
    reason: step.error ?? '',
    request: parseText<UnclearCall['request']>(step.request, null),
    answer: parseText<UnclearCall['answer']>(step.answer, null),
  };
}
