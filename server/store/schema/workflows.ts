import { sql } from 'drizzle-orm';
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { flag, json, time } from './columns.ts';

/** Values that all workflows may use, by name. */
export const globalVariables = sqliteTable('global_variables', {
  name: text('name').primaryKey(),
  value: json<unknown>('value').notNull(),
  note: text('note').notNull(),
  updatedAt: time('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
});

export const workflows = sqliteTable('workflows', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  records: json<unknown>('records').notNull(),
  revision: integer('revision').notNull(),
  draft: json<unknown>('draft').notNull(),
  activeVersionId: text('active_version_id'),
  /** The revision that the newest version was made from; null before the first launch. */
  launchedRevision: integer('launched_revision'),
  /** Who saved the draft since a version of it became active: they cannot agree to it as a second person. */
  editors: json<string[]>('editors').notNull().default([]),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** Requests of blocks that operators saved to use them again. */
export const ownPresets = sqliteTable('own_presets', {
  id: text('id').primaryKey(),
  title: text('title').notNull().unique(),
  summary: text('summary').notNull(),
  settings: json<unknown>('settings').notNull(),
  createdBy: text('created_by').notNull(),
  updatedAt: time('updated_at').notNull(),
});

export const versions = sqliteTable(
  'versions',
  {
    id: text('id').primaryKey(),
    /** Of a workflow that may be removed: versions that runs belong to stay. */
    workflowId: text('workflow_id').notNull(),
    number: integer('number').notNull(),
    graph: json<unknown>('graph').notNull(),
    records: json<unknown>('records').notNull(),
    note: text('note').notNull(),
    author: text('author').notNull(),
    /** Ids of everybody who had a hand in it. */
    authors: json<string[]>('authors').notNull().default([]),
    /** When somebody looked at the first call of its that took something from somebody. */
    lookedAt: time('looked_at'),
    createdAt: time('created_at').notNull(),
  },
  // A draft that was tried is kept as number 0; there may be any number of them.
  (t) => [
    uniqueIndex('versions_number').on(t.workflowId, t.number).where(sql`number > 0`),
    index('versions_workflow').on(t.workflowId),
  ],
);

/** When active versions start by themselves; one row for each active version, made again when another one is active. */
export const workflowSchedules = sqliteTable(
  'workflow_schedules',
  {
    workflowId: text('workflow_id')
      .primaryKey()
      .references(() => workflows.id, { onDelete: 'cascade' }),
    versionId: text('version_id').notNull(),
    /** A `Trigger`; null for workflows that only people start. */
    trigger: json<unknown>('trigger'),
    /** It takes something from people: late, it is not started without one. */
    isHarmful: flag('is_harmful').notNull(),
    nextAt: time('next_at'),
    /** Until when nobody else may start what is due; null when nobody does. */
    heldUntil: time('held_until'),
  },
  (t) => [index('workflow_schedules_next').on(t.nextAt).where(sql`next_at IS NOT NULL`)],
);

/** What sets active versions going besides the time, and how far that was looked at. */
export const workflowTriggers = sqliteTable('workflow_triggers', {
  workflowId: text('workflow_id')
    .primaryKey()
    .references(() => workflows.id, { onDelete: 'cascade' }),
  versionId: text('version_id').notNull(),
  /** An `EventTrigger`; null for workflows that nothing sets going. */
  trigger: json<unknown>('trigger'),
  /** The last change or row that was looked at; of loads, when the last of them had ended. */
  cursor: integer('cursor').notNull(),
});

/** Secrets by which other systems start workflows. */
export const workflowWebhooks = sqliteTable('workflow_webhooks', {
  workflowId: text('workflow_id')
    .primaryKey()
    .references(() => workflows.id, { onDelete: 'cascade' }),
  /** Sealed. */
  secret: blob('secret', { mode: 'buffer' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
  lastCallAt: time('last_call_at'),
});

/** Calls of webhooks that were taken: each id once for a workflow. */
export const webhookCalls = sqliteTable(
  'webhook_calls',
  {
    id: integer('id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    callId: text('call_id').notNull(),
    runId: text('run_id').notNull(),
    at: time('at').notNull(),
  },
  (t) => [uniqueIndex('webhook_calls_id').on(t.workflowId, t.callId), index('webhook_calls_at').on(t.at)],
);

/** What became of each time of a schedule. The name of a time is taken once, so nothing starts twice for it. */
export const scheduleSlots = sqliteTable(
  'schedule_slots',
  {
    id: text('id').primaryKey(),
    workflowId: text('workflow_id')
      .notNull()
      .references(() => workflows.id, { onDelete: 'cascade' }),
    /** The local time, such as `2026-10-25T02:30`. */
    slot: text('slot').notNull(),
    dueAt: time('due_at').notNull(),
    /** `started`, `missed` (a person decides) or `skipped`. */
    status: text('status').notNull(),
    runId: text('run_id'),
    reason: text('reason').notNull(),
    decidedBy: text('decided_by'),
    at: time('at').notNull(),
  },
  (t) => [
    uniqueIndex('schedule_slots_name').on(t.workflowId, t.slot),
    index('schedule_slots_missed').on(t.id).where(sql`status = 'missed'`),
    index('schedule_slots_at').on(t.at),
  ],
);
