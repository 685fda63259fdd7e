import { and, asc, desc, eq, gt, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { GlobalValues } from '#domain/global-variable';
import { graphSchema, type Version, type Workflow, workflowRecordsSchema } from '#domain/workflow';
import type { WorkflowsStore } from '#engine/workflow-ports';
import { takeApproval } from './approvals.ts';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { approvals, globalVariables, runs, versions, workflowSchedules, workflows } from './schema.ts';

/** Workflows with their drafts and versions. */
export function createWorkflowStore(database: Database): WorkflowsStore {
  const joined = () =>
    database
      .select({
        workflow: workflows,
        version: { id: versions.id, number: versions.number },
        nextAt: workflowSchedules.nextAt,
      })
      .from(workflows)
      .leftJoin(versions, eq(versions.id, workflows.activeVersionId))
      .leftJoin(
        workflowSchedules,
        and(
          eq(workflowSchedules.workflowId, workflows.id),
          eq(workflowSchedules.versionId, workflows.activeVersionId),
        ),
      );

  /** Requests that wait, by workflow. */
  function pending(workflowId?: string): Map<string, Workflow['pendingApproval']> {
    const { kind, status } = approvals;
    const isOfIt = workflowId === undefined ? undefined : eq(approvals.workflowId, workflowId);
    const rows = database
      .select()
      .from(approvals)
      .where(and(eq(status, 'waiting'), eq(kind, 'activation'), isOfIt))
      .all();
    return new Map(
      rows.map(({ id, requestedByName, coolsUntil, subject, ...row }) => [
        row.workflowId ?? '',
        {
          ...{ id, requestedByName, versionNumber: (subject as { number: number }).number },
          coolsUntil: coolsUntil === null ? null : new Date(coolsUntil).toISOString(),
        },
      ]),
    );
  }

  return {
    async list() {
      const waiting = pending();
      return joined()
        .orderBy(asc(sql`lower(${workflows.name})`))
        .all()
        .map((row) => toWorkflow(row, waiting));
    },

    async find(id) {
      const row = joined().where(eq(workflows.id, id)).get();
      return row && toWorkflow(row, pending(id));
    },

    async insert(row, editors) {
      database
        .insert(workflows)
        .values({ ...row, editors: [...editors] })
        .run();
    },

    async rename(id, change, at) {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      database
        .update(workflows)
        .set({ ...set, updatedAt: at })
        .where(eq(workflows.id, id))
        .run();
    },

    async saveDraft(id, revision, draft, at, by) {
      const isStill = and(eq(workflows.id, id), eq(workflows.revision, revision));
      return inOneWrite(database, (tx) => {
        const row = tx.select({ editors: workflows.editors }).from(workflows).where(isStill).get();
        if (!row) return false;
        const editors = [...new Set([...row.editors, ...by])];
        tx.update(workflows)
          .set({ draft, revision: revision + 1, updatedAt: at, editors })
          .where(isStill)
          .run();
        return true;
      });
    },

    async editors(id) {
      const row = database
        .select({ editors: workflows.editors })
        .from(workflows)
        .where(eq(workflows.id, id))
        .get();
      return row?.editors ?? [];
    },

    async launch({ id, workflowId, revision, note, author, at, activates }) {
      return inOneWrite(database, (tx) => {
        const row = tx
          .select()
          .from(workflows)
          .where(and(eq(workflows.id, workflowId), eq(workflows.revision, revision)))
          .get();
        if (!row) return undefined;
        const last = tx
          .select({ number: sql<number>`coalesce(max(${versions.number}), 0)` })
          .from(versions)
          .where(eq(versions.workflowId, workflowId))
          .get();
        const version = tx
          .insert(versions)
          .values({
            id,
            workflowId,
            number: (last?.number ?? 0) + 1,
            graph: row.draft,
            records: row.records,
            note,
            author: author.name,
            authors: [...new Set([...row.editors, author.id])],
            createdAt: at,
          })
          .returning()
          .get();
        if (activates) makeActive(tx, { workflowId, versionId: id, revision });
        return toVersion(version);
      });
    },

    async activate({ workflowId, versionId, revision, globals }, use) {
      inOneWrite(database, (tx) => {
        takeApproval(tx, use);
        refuseOtherValues(tx, globals);
        makeActive(tx, { workflowId, versionId, revision });
      });
    },

    async freezeDraft({ id, workflowId, author, at }) {
      return inOneWrite(database, (tx) => {
        const row = tx.select().from(workflows).where(eq(workflows.id, workflowId)).get();
        if (!row) throw new AppError('not_found', `There is no workflow "${workflowId}".`);
        const { draft: graph, records } = row;
        const isSame = and(
          eq(versions.workflowId, workflowId),
          eq(versions.graph, graph),
          eq(versions.records, records),
        );
        const known = tx.select().from(versions).where(isSame).orderBy(desc(versions.number)).limit(1).get();
        if (known) return toVersion(known);
        const copy = { id, workflowId, number: 0, graph, records, note: '', author, createdAt: at };
        return toVersion(tx.insert(versions).values(copy).returning().get());
      });
    },

    async deactivate(id) {
      database.update(workflows).set({ activeVersionId: null }).where(eq(workflows.id, id)).run();
    },

    async remove(id) {
      inOneWrite(database, (tx) => {
        const used = tx.select({ id: runs.versionId }).from(runs).where(eq(runs.workflowId, id));
        tx.delete(versions)
          .where(and(eq(versions.workflowId, id), notInArray(versions.id, used)))
          .run();
        tx.delete(workflows).where(eq(workflows.id, id)).run();
      });
    },

    async versions(workflowId) {
      return database
        .select()
        .from(versions)
        .where(and(eq(versions.workflowId, workflowId), gt(versions.number, 0)))
        .orderBy(desc(versions.number))
        .all()
        .map(toVersion);
    },

    async version(versionId) {
      const row = database.select().from(versions).where(eq(versions.id, versionId)).get();
      return row && toVersion(row);
    },

    async hasUnfinishedRuns(workflowId) {
      return (
        database
          .select({ key: runs.key })
          .from(runs)
          .where(and(eq(runs.workflowId, workflowId), isNull(runs.finishedAt)))
          .limit(1)
          .get() !== undefined
      );
    },
  };
}

function makeActive(
  tx: Transaction,
  { workflowId, versionId, revision }: { workflowId: string; versionId: string; revision: number },
): void {
  const isIt = eq(workflows.id, workflowId);
  tx.update(workflows).set({ activeVersionId: versionId, launchedRevision: revision }).where(isIt).run();
  // Who changed the draft while the version waited had a hand in the next one.
  tx.update(workflows)
    .set({ editors: [] })
    .where(and(isIt, eq(workflows.revision, revision)))
    .run();
}

/** What somebody agreed to must be what becomes active. */
function refuseOtherValues(tx: Transaction, agreed: GlobalValues): void {
  const names = Object.keys(agreed);
  const rows = tx.select().from(globalVariables).where(inArray(globalVariables.name, names)).all();
  if (rows.length === names.length && rows.every(({ name, value }) => value === agreed[name])) return;
  throw new AppError(
    'conflict',
    'A global variable that the version uses was changed meanwhile. Launch the workflow again.',
  );
}

interface Row {
  workflow: typeof workflows.$inferSelect;
  version: { id: string; number: number } | null;
  nextAt: number | null;
}

function toWorkflow(
  { workflow, version, nextAt }: Row,
  waiting: ReadonlyMap<string, Workflow['pendingApproval']>,
): Workflow {
  return {
    id: workflow.id,
    name: workflow.name,
    description: workflow.description,
    records: workflowRecordsSchema.parse(workflow.records),
    revision: workflow.revision,
    draft: graphSchema.parse(workflow.draft),
    activeVersion: version,
    nextRunAt: nextAt === null ? null : new Date(nextAt).toISOString(),
    pendingApproval: waiting.get(workflow.id) ?? null,
    isLaunched: workflow.launchedRevision === workflow.revision && version !== null,
    createdAt: new Date(workflow.createdAt).toISOString(),
    updatedAt: new Date(workflow.updatedAt).toISOString(),
  };
}

function toVersion({ lookedAt: _lookedAt, ...row }: typeof versions.$inferSelect): Version {
  return {
    ...row,
    graph: graphSchema.parse(row.graph),
    records: workflowRecordsSchema.parse(row.records),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}
