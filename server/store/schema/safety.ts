import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { json, time } from './columns.ts';

/** What holds destructive calls: one row, whose generation counts up with every change of it or of the protections. */
export const guardState = sqliteTable('guard_state', {
  id: integer('id').primaryKey(),
  generation: integer('generation').notNull(),
  content: json<unknown>('content').notNull(),
});

/** How many effects were reserved, by scope and by hour; hour 0 for scopes that have no day. */
export const limitUses = sqliteTable(
  'limit_uses',
  {
    scope: text('scope').notNull(),
    kind: text('kind').notNull(),
    /** Whole hours since 1970. */
    hour: integer('hour').notNull(),
    used: integer('used').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.kind, t.hour] })],
);

/** Accounts that no workflow may harm. */
export const protections = sqliteTable('protections', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  /** Null for all vendors. */
  vendorId: text('vendor_id'),
  value: text('value').notNull(),
  note: text('note').notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: time('created_at').notNull(),
});

/** What somebody was asked to agree to. It binds to the hash of what was shown. */
export const approvals = sqliteTable(
  'approvals',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    /** `waiting`, `approved`, `denied`, `expired`, `withdrawn` or `used`. */
    status: text('status').notNull(),
    title: text('title').notNull(),
    /** What is asked, by kind. */
    subject: json<unknown>('subject').notNull(),
    hash: text('hash').notNull(),
    workflowId: text('workflow_id'),
    runId: text('run_id'),
    /** Id of an operator or a token, or what started a run by itself. */
    requestedBy: text('requested_by').notNull(),
    requestedByName: text('requested_by_name').notNull(),
    /** Ids of those who made what is asked about: they cannot agree to it either. */
    authors: json<string[]>('authors').notNull(),
    /** What somebody types who agrees alone. */
    confirmation: text('confirmation').notNull(),
    requestedAt: time('requested_at').notNull(),
    /** Nobody may agree alone before this. */
    coolsUntil: time('cools_until'),
    expiresAt: time('expires_at').notNull(),
    decidedBy: text('decided_by'),
    decidedByName: text('decided_by_name'),
    decidedAt: time('decided_at'),
    reason: text('reason').notNull().default(''),
  },
  (t) => [
    index('approvals_waiting').on(t.expiresAt).where(sql`status = 'waiting'`),
    index('approvals_run').on(t.runId),
    index('approvals_workflow').on(t.workflowId, t.status),
  ],
);
