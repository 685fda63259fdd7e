import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { GlobalValues } from '#domain/global-variable';
import type { Held } from '#domain/run';
import { flag, json, time } from './columns.ts';

export const runs = sqliteTable(
  'runs',
  {
    /** Small and only for joins: steps would otherwise repeat the long id. */
    key: integer('key').primaryKey(),
    id: text('id').notNull().unique(),
    workflowId: text('workflow_id').notNull(),
    workflowName: text('workflow_name').notNull(),
    versionId: text('version_id').notNull(),
    versionNumber: integer('version_number').notNull(),
    status: text('status').notNull(),
    /** `begin`, `records` or `end`: where a run goes on after a restart. */
    phase: text('phase').notNull(),
    startedBy: text('started_by').notNull(),
    /** Of the operator or the token; null where it started by itself. */
    starterId: text('starter_id'),
    startedAt: time('started_at').notNull(),
    finishedAt: time('finished_at'),
    isCancelling: flag('is_cancelling').notNull(),
    /** Counts up with every process that takes the run; written into each intent. */
    fence: integer('fence').notNull(),
    error: text('error'),
    /** The records it was asked for; null for all that match. */
    recordIds: json<string[]>('record_ids'),
    /** `plan`: a dry run, whose writes are recorded only. */
    mode: text('mode').notNull().default('run'),
    /** `manual`, `event` or `schedule`. */
    lane: text('lane').notNull().default('manual'),
    /** Of a run that planned first: its dry run. */
    planId: text('plan_id'),
    /** What was approved for it, above the limits. */
    approvalId: text('approval_id'),
    /** Of a re-run: the run whose records it takes up, and which of them: `all`, `failed` or `failed_step`. */
    originId: text('origin_id'),
    rerun: text('rerun'),
    /** How many runs in a row set each other off before it. */
    depth: integer('depth').notNull().default(0),
    /** The step of another run that started it. */
    parentStep: text('parent_step'),
    /** Global variables that it uses, as they were when it began. */
    globals: json<GlobalValues>('globals').notNull().default({}),
    /** False once it ended so long ago that the details of its steps were taken. */
    hasSteps: flag('has_steps').notNull().default(true),
    /** Counts of a finished run, so that lists need no sums. */
    counts: json<unknown>('counts'),
    blocks: json<unknown>('blocks'),
  },
  (t) => [
    index('runs_workflow').on(t.workflowId, t.key),
    index('runs_plan').on(t.planId).where(sql`plan_id IS NOT NULL`),
    uniqueIndex('runs_parent_step').on(t.parentStep).where(sql`parent_step IS NOT NULL`),
    index('runs_events').on(t.workflowId).where(sql`lane = 'event' AND finished_at IS NULL`),
    index('runs_origin').on(t.originId).where(sql`origin_id IS NOT NULL`),
    index('runs_with_steps').on(t.finishedAt).where(sql`has_steps = 1`),
    index('runs_unfinished').on(t.key).where(sql`finished_at IS NULL AND status <> 'waiting'`),
  ],
);

/** One record of a run. `n` counts from 1; 0 is the run itself, for blocks that happen once. */
export const runRecords = sqliteTable(
  'run_records',
  {
    run: integer('run').notNull(),
    n: integer('n').notNull(),
    recordType: text('record_type').notNull(),
    recordId: text('record_id').notNull(),
    label: text('label').notNull(),
    status: text('status').notNull(),
    /** Ids of the blocks it goes to next. */
    pending: json<string[]>('pending').notNull(),
    steps: integer('steps').notNull(),
    variables: json<Record<string, unknown>>('variables').notNull(),
    error: text('error'),
    /** Since when its block waits; kept when it is woken, until the block has decided anew. */
    waitingSince: time('waiting_since'),
    /** When it is woken by itself. */
    wakeAt: time('wake_at'),
    /** Why it is held: a code and a sentence. */
    held: json<Held>('held'),
    finishedAt: time('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.run, t.n] }),
    index('run_records_record').on(t.recordId),
    index('run_records_held').on(t.run).where(sql`held IS NOT NULL`),
    index('run_records_wake').on(t.wakeAt).where(sql`wake_at IS NOT NULL`),
  ],
);

export const steps = sqliteTable(
  'steps',
  {
    id: integer('id').primaryKey(),
    run: integer('run').notNull(),
    recordN: integer('record_n').notNull(),
    n: integer('n').notNull(),
    block: text('block').notNull(),
    status: text('status').notNull(),
    exit: text('exit'),
    attempts: integer('attempts').notNull(),
    /** Of the intent: who may settle it. */
    fence: integer('fence').notNull(),
    startedAt: time('started_at').notNull(),
    durationMs: real('duration_ms').notNull(),
    note: text('note'),
    error: text('error'),
    request: text('request'),
    answer: text('answer'),
    changes: text('changes'),
    /** Of a call that changes something at a vendor: what it does to whom, as JSON text. */
    effect: text('effect'),
    /** The state of its target just before, where no earlier step holds it. */
    before: text('before'),
  },
  (t) => [
    uniqueIndex('steps_place').on(t.run, t.recordN, t.n),
    index('steps_unclear').on(t.id).where(sql`status = 'needs_attention'`),
  ],
);
