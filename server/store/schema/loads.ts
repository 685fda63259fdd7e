import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, json, time } from './columns.ts';
import { agents, credentials } from './credentials.ts';
import { apps } from './records.ts';

export const integrations = sqliteTable('integrations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  vendorId: text('vendor_id').notNull(),
  appId: text('app_id').references(() => apps.id),
  mode: text('mode').notNull(),
  preference: text('preference').notNull(),
  credentialId: text('credential_id').references(() => credentials.id),
  mapping: json<unknown>('mapping').notNull(),
  /** The newest of `mapping_versions`; 0 before the first one. */
  mappingVersion: integer('mapping_version').notNull().default(0),
  status: text('status').notNull(),
  installation: text('installation').notNull().default('cloud'),
  /** Of a local installation: who loads, and with which credential of its own. */
  agentId: text('agent_id').references(() => agents.id),
  agentCredential: text('agent_credential').notNull().default(''),
  inputs: json<unknown>('inputs').notNull().default({}),
  missingAccounts: json<unknown>('missing_accounts')
    .notNull()
    .default({ action: 'leave', maxSharePercent: 10 }),
  contacts: json<unknown>('contacts').notNull().default({ operatorIds: [], addresses: [] }),
  schedule: json<unknown>('schedule'),
  isPaused: flag('is_paused').notNull().default(false),
  nextLoadAt: time('next_load_at'),
  /** Until when nobody else may start the load that is due; null when nobody does. */
  heldUntil: time('held_until'),
  /** Kinds of trouble that contacts were told of since the last load that went well. */
  told: json<string[]>('told').notNull().default([]),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** Every mapping that was saved; the newest is also the integration's. */
export const mappingVersions = sqliteTable(
  'mapping_versions',
  {
    integrationId: text('integration_id')
      .notNull()
      .references(() => integrations.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    mapping: json<unknown>('mapping').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: time('saved_at').notNull(),
    note: text('note').notNull(),
  },
  (t) => [primaryKey({ columns: [t.integrationId, t.version] })],
);

export const loads = sqliteTable(
  'loads',
  {
    id: text('id').primaryKey(),
    integrationId: text('integration_id')
      .notNull()
      .references(() => integrations.id, { onDelete: 'cascade' }),
    status: text('status').notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: time('started_at').notNull(),
    finishedAt: time('finished_at'),
    pages: integer('pages').notNull(),
    tally: json<unknown>('tally').notNull(),
    isComplete: flag('is_complete').notNull(),
    error: text('error'),
    /** Accounts that its list did not name; null where nobody looked. */
    missing: json<unknown>('missing'),
    restarts: integer('restarts').notNull().default(0),
    /** What contacts were told of it: `nothing`, that it is `late`, or its `end`. */
    told: text('told').notNull().default('nothing'),
  },
  (t) => [
    index('loads_integration').on(t.integrationId, t.startedAt),
    index('loads_untold').on(t.id).where(sql`told <> 'end'`),
  ],
);

export const loadIssues = sqliteTable(
  'load_issues',
  {
    loadId: text('load_id')
      .notNull()
      .references(() => loads.id, { onDelete: 'cascade' }),
    n: integer('n').notNull(),
    kind: text('kind').notNull(),
    label: text('label').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.loadId, t.n] })],
);
