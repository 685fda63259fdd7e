import { and, asc, desc, eq, isNull, notInArray, sql } from 'drizzle-orm';
import { graphSchema, type Version, type Workflow, workflowRecordsSchema } from '#domain/workflow';
import type { WorkflowsStore } from '#engine/workflow-ports';
import { type Database, inOneWrite } from './database.ts';
import { runs, versions, workflows } from './schema.ts';

/** Workflows with their drafts and versions. */
export function createWorkflowStore(database: Database): WorkflowsStore {
  const joined = () =>
    database
      .select({ workflow: workflows, version: { id: versions.id, number: versions.number } })
      .from(workflows)
      .leftJoin(versions, eq(versions.id, workflows.activeVersionId));

  return {
    async list() {
      return joined()
        .orderBy(asc(sql`lower(${workflows.name})`))
        .all()
        .map(toWorkflow);
    },

    async find(id) {
      const row = joined().where(eq(workflows.id, id)).get();
      return row && toWorkflow(row);
    },

    async insert(row) {
      database.insert(workflows).values(row).run();
    },

    async rename(id, change, at) {
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      database
        .update(workflows)
        .set({ ...set, updatedAt: at })
        .where(eq(workflows.id, id))
        .run();
    },

    async saveDraft(id, revision, draft, at) {
      const saved = database
        .update(workflows)
        .set({ draft, revision: revision + 1, updatedAt: at })
        .where(and(eq(workflows.id, id), eq(workflows.revision, revision)))
        .run();
      return saved.changes === 1;
    },

    async launch({ id, workflowId, revision, note, author, at }) {
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
            author,
            createdAt: at,
          })
          .returning()
          .get();
        tx.update(workflows)
          .set({ activeVersionId: id, launchedRevision: revision })
          .where(eq(workflows.id, workflowId))
          .run();
        return toVersion(version);
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
        .where(eq(versions.workflowId, workflowId))
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

interface Row {
  workflow: typeof workflows.$inferSelect;
  version: { id: string; number: number } | null;
}

function toWorkflow({ workflow, version }: Row): Workflow {
  return {
    id: workflow.id,
    name: workflow.name,
    description: workflow.description,
    records: workflowRecordsSchema.parse(workflow.records),
    revision: workflow.revision,
    draft: graphSchema.parse(workflow.draft),
    activeVersion: version,
    isLaunched: workflow.launchedRevision === workflow.revision && version !== null,
    createdAt: new Date(workflow.createdAt).toISOString(),
    updatedAt: new Date(workflow.updatedAt).toISOString(),
  };
}

function toVersion(row: typeof versions.$inferSelect): Version {
  return {
    ...row,
    graph: graphSchema.parse(row.graph),
    records: workflowRecordsSchema.parse(row.records),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}
