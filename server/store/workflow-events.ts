import { eq, isNotNull, notExists, sql } from 'drizzle-orm';
import { type EventTrigger, eventTriggerSchema, mostDepth } from '#domain/event-trigger';
import { type WorkflowRecords, workflowRecordsSchema } from '#domain/workflow';
import type { EventStore, Happened } from '#engine/event-ports';
import type { Database } from './database.ts';
import { advanceEvents } from './event-writes.ts';
import { workflows, workflowTriggers } from './schema.ts';

/** Loads that ended this short a time ago may not all be written yet. */
const settledMs = 5_000;

type Found = Pick<Happened, 'to' | 'recordIds' | 'hasAny' | 'depth' | 'tooDeep'>;
type Edit = { id: number; recordId: string; depth: number | null; isOwn: number };

/** What sets workflows going, read from the history of records, from the records themselves and from the loads. */
export function createWorkflowEventStore(database: Database): EventStore {
  const { $client } = database;
  const newest = {
    record_edited: $client.prepare<[], { at: number }>('SELECT coalesce(max(id), 0) AS at FROM changes'),
    people: $client.prepare<[], { at: number }>('SELECT coalesce(max(rowid), 0) AS at FROM people'),
    saas_users: $client.prepare<[], { at: number }>('SELECT coalesce(max(rowid), 0) AS at FROM saas_users'),
    load_finished: $client.prepare<[], { at: number }>(
      'SELECT coalesce(max(finished_at), 0) AS at FROM loads',
    ),
  };
  const newPeople = $client.prepare<[number, number, number], { row: number; id: string }>(
    'SELECT rowid AS row, id FROM people WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?',
  );
  const newUsers = $client.prepare<[number, number, string, number], { row: number; id: string }>(
    'SELECT rowid AS row, id FROM saas_users WHERE rowid > ? AND rowid <= ? AND app_id = ? ORDER BY rowid LIMIT ?',
  );
  const ended = $client.prepare<[string, number, number], { at: number }>(
    `SELECT finished_at AS at FROM loads WHERE integration_id = ? AND finished_at > ? AND finished_at <= ?
       AND is_complete = 1 ORDER BY finished_at DESC LIMIT 1`,
  );
  // The plus keeps SQLite from reading the whole history of every record.
  const edits = (of: string) =>
    $client.prepare<
      { workflow: string; after: number; latest: number; fields: string; app: string; limit: number },
      Edit
    >(`
      SELECT c.id, c.record_id AS recordId, r.depth, r.workflow_id IS :workflow AS isOwn
      FROM changes c LEFT JOIN runs r ON c.cause_kind = 'run' AND r.id = c.cause_id
      WHERE c.id > :after AND c.id <= :latest AND (:fields = '[]' OR c.field IN (SELECT value FROM json_each(:fields))) AND ${of}
      ORDER BY c.id LIMIT :limit`);
  const edited = {
    people: edits(`:app = '' AND EXISTS (SELECT 1 FROM people WHERE id = +c.record_id)`),
    saas_users: edits('EXISTS (SELECT 1 FROM saas_users WHERE id = +c.record_id AND app_id = :app)'),
  };
  const busy = $client.prepare<[string], { one: number }>(
    `SELECT 1 AS one FROM runs WHERE workflow_id = ? AND lane = 'event' AND finished_at IS NULL
       AND parent_step IS NULL AND status <> 'waiting' LIMIT 1`,
  );
  const row = (workflowId: string) =>
    database
      .select({ trigger: workflowTriggers, name: workflows.name, records: workflows.records })
      .from(workflowTriggers)
      .innerJoin(workflows, eq(workflows.id, workflowTriggers.workflowId))
      .where(eq(workflowTriggers.workflowId, workflowId))
      .get();

  const newestOf = (trigger: EventTrigger | null, records: WorkflowRecords): number => {
    if (trigger === null) return 0;
    return newest[trigger.kind === 'record_created' ? records.kind : trigger.kind].get()?.at ?? 0;
  };

  function created(records: WorkflowRecords, after: number, limit: number): Found | undefined {
    // Asked first: what another thread adds meanwhile is for the next look.
    const latest = newest[records.kind].get()?.at ?? after;
    if (latest === after) return undefined;
    const rows =
      records.kind === 'people'
        ? newPeople.all(after, latest, limit)
        : newUsers.all(after, latest, records.appId, limit);
    const to = rows.length < limit ? latest : (rows.at(-1)?.row ?? latest);
    const recordIds = rows.map(({ id }) => id);
    return { to, recordIds, hasAny: recordIds.length > 0, depth: 0, tooDeep: 0 };
  }

  function changed(
    workflow: string,
    { fields }: EventTrigger,
    records: WorkflowRecords,
    after: number,
    limit: number,
  ): Found | undefined {
    const latest = newest.record_edited.get()?.at ?? 0;
    if (latest === after) return undefined;
    const app = records.kind === 'people' ? '' : records.appId;
    const rows = edited[records.kind].all({
      workflow,
      after,
      latest,
      fields: JSON.stringify(fields),
      app,
      limit,
    });
    const foreign = rows.filter(({ isOwn }) => isOwn === 0);
    const isDeep = ({ depth }: Edit): boolean => (depth ?? -1) >= mostDepth;
    const good = foreign.filter((edit) => !isDeep(edit));
    const recordIds = [...new Set(good.map(({ recordId }) => recordId))];
    return {
      to: rows.length < limit ? latest : rows.at(-1)!.id,
      recordIds,
      hasAny: recordIds.length > 0,
      depth: Math.max(0, ...good.map(({ depth }) => (depth === null ? 0 : depth + 1))),
      tooDeep: new Set(foreign.filter(isDeep).map(({ recordId }) => recordId)).size,
    };
  }

  function finished({ integrationId }: EventTrigger, after: number, now: number): Found | undefined {
    const last = ended.get(integrationId, after, now - settledMs);
    return last && { to: last.at, recordIds: null, hasAny: true, depth: 0, tooDeep: 0 };
  }

  return {
    async unknown() {
      return database
        .select({ workflowId: workflows.id, versionId: sql<string>`${workflows.activeVersionId}` })
        .from(workflows)
        .leftJoin(workflowTriggers, eq(workflowTriggers.workflowId, workflows.id))
        .where(sql`${workflows.activeVersionId} IS NOT NULL
          AND ${workflowTriggers.versionId} IS NOT ${workflows.activeVersionId}`)
        .all();
    },

    async put(workflowId, versionId, trigger) {
      const known = row(workflowId);
      const before = known && eventTriggerSchema.safeParse(known.trigger.trigger).data;
      const records = database
        .select({ records: workflows.records })
        .from(workflows)
        .where(eq(workflows.id, workflowId))
        .get();
      if (!records) return;
      // A new version goes on where the one before has looked; another kind of event begins now.
      const isSame = before && before.kind === trigger?.kind;
      const cursor = isSame
        ? known.trigger.cursor
        : newestOf(trigger, workflowRecordsSchema.parse(records.records));
      const values = { workflowId, versionId, trigger, cursor };
      database
        .insert(workflowTriggers)
        .values(values)
        .onConflictDoUpdate({ target: workflowTriggers.workflowId, set: values })
        .run();
    },

    async removeInactive() {
      const active = database
        .select({ id: workflows.id })
        .from(workflows)
        .where(
          sql`${workflows.id} = ${workflowTriggers.workflowId} AND ${workflows.activeVersionId} IS NOT NULL`,
        );
      database.delete(workflowTriggers).where(notExists(active)).run();
    },

    async watched() {
      const rows = database.select().from(workflowTriggers).where(isNotNull(workflowTriggers.trigger)).all();
      return rows.map(({ workflowId, versionId, trigger }) => ({
        ...{ workflowId, versionId, trigger: eventTriggerSchema.parse(trigger) },
      }));
    },

    async look(workflowId, now, limit) {
      const known = row(workflowId);
      const trigger = known && eventTriggerSchema.safeParse(known.trigger.trigger).data;
      if (!known || !trigger) return undefined;
      const { cursor: from } = known.trigger;
      const records = workflowRecordsSchema.parse(known.records);
      const found = {
        record_created: () => created(records, from, limit),
        record_edited: () => changed(workflowId, trigger, records, from, limit),
        load_finished: () => finished(trigger, from, now),
      }[trigger.kind]();
      return found && { workflowId, workflowName: known.name, trigger, from, ...found };
    },

    isBusy: async (workflowId) => busy.get(workflowId) !== undefined,
    advance: async (start) => advanceEvents(database, start),
  };
}
