import { sql } from 'drizzle-orm';
import {
  blob,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { GlobalValues } from '#domain/global-variable';
import type { Held } from '#domain/run';

// Times are milliseconds since 1970, UTC. JSON columns hold domain types; the functions beside this file parse them.

const time = (name: string) => integer(name);
const flag = (name: string) => integer(name, { mode: 'boolean' });
const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** Every content that the file of an operator's own vendor has had; rows never change. */
export const vendorDefinitions = sqliteTable('vendor_definitions', {
  id: integer('id').primaryKey(),
  vendorId: text('vendor_id').notNull(),
  hash: text('hash').notNull(),
  definition: json<unknown>('definition').notNull(),
  at: time('at').notNull(),
});

export const operators = sqliteTable('operators', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Kept in small letters. */
  email: text('email').notNull().unique(),
  role: text('role').notNull(),
  passwordHash: text('password_hash').notNull(),
  /** Who gave the role last: an operator's id, or `console`; null for the first owner. */
  grantedBy: text('granted_by'),
  grantedAt: time('granted_at'),
  createdAt: time('created_at').notNull(),
});

/** Roles that were offered by a one-time link, until somebody takes them with it. */
export const invitations = sqliteTable('invitations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Kept in small letters. */
  email: text('email').notNull().unique(),
  role: text('role').notNull(),
  /** SHA-256 of the code in the link. */
  codeHash: text('code_hash').notNull().unique(),
  /** An operator's id, or `console`. */
  invitedBy: text('invited_by').notNull(),
  createdAt: time('created_at').notNull(),
  expiresAt: time('expires_at').notNull(),
});

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the id in the cookie: a copy of the database opens no session. */
    idHash: text('id_hash').primaryKey(),
    content: text('content').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (t) => [index('sessions_expiry').on(t.expiresAt)],
);

export const tokens = sqliteTable('tokens', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  hash: text('hash').notNull().unique(),
  createdAt: time('created_at').notNull(),
  expiresAt: time('expires_at'),
  lastUsedAt: time('last_used_at'),
});

export const fields = sqliteTable(
  'fields',
  {
    id: text('id').primaryKey(),
    recordType: text('record_type').notNull(),
    externalId: text('external_id').notNull(),
    label: text('label').notNull(),
    type: text('type').notNull(),
    isUnique: flag('is_unique').notNull(),
    /** What a choice field offers; empty for anything. */
    choices: json<string[]>('choices').notNull().default([]),
    help: text('help').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (t) => [uniqueIndex('fields_external_id').on(t.recordType, t.externalId)],
);

/** Roles of the organisation that operators listed; people may have others, which loads brought. */
export const personRoles = sqliteTable(
  'person_roles',
  {
    name: text('name').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (t) => [uniqueIndex('person_roles_name').on(sql`lower(${t.name})`)],
);

export const people = sqliteTable(
  'people',
  {
    id: text('id').primaryKey(),
    username: text('username').notNull(),
    email: text('email').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    role: text('role').notNull(),
    status: text('status').notNull(),
    fields: json<Record<string, unknown>>('fields').notNull(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('people_username').on(sql`lower(${t.username})`),
    /** The order in which people are listed. */
    index('people_email').on(sql`lower(${t.email})`, t.id),
    index('people_status').on(t.status, t.id),
  ],
);

/** Values of unique fields that operators added: the constraint, and the way to find a person by one. */
export const uniqueValues = sqliteTable(
  'unique_values',
  {
    externalId: text('external_id').notNull(),
    /** In small letters. */
    value: text('value').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.externalId, t.value] }), index('unique_values_person').on(t.personId)],
);

export const apps = sqliteTable('apps', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  vendorId: text('vendor_id').notNull(),
  createdAt: time('created_at').notNull(),
});

export const saasUsers = sqliteTable(
  'saas_users',
  {
    id: text('id').primaryKey(),
    appId: text('app_id')
      .notNull()
      .references(() => apps.id),
    personId: text('person_id').references(() => people.id),
    identifier: text('identifier').notNull(),
    email: text('email').notNull(),
    displayName: text('display_name').notNull(),
    roles: json<string[]>('roles').notNull(),
    licenses: json<string[]>('licenses').notNull(),
    status: text('status').notNull(),
    type: text('type').notNull(),
    lastActivity: time('last_activity'),
    isDeactivated: flag('is_deactivated').notNull(),
    deleteInSaas: flag('delete_in_saas').notNull(),
    fields: json<Record<string, unknown>>('fields').notNull(),
    /** The vendor's own record, as JSON text. */
    raw: text('raw').notNull(),
    firstSeenAt: time('first_seen_at').notNull(),
    lastSeenAt: time('last_seen_at').notNull(),
  },
  (t) => [
    uniqueIndex('saas_users_identifier').on(t.appId, t.identifier),
    index('saas_users_person').on(t.personId),
    index('saas_users_activity').on(t.appId, t.isDeactivated, t.lastActivity),
    /** The order in which an app's users are listed. */
    index('saas_users_email').on(t.appId, sql`lower(${t.email})`, t.id),
  ],
);

/** Names that vendors give to ids, such as those of roles; as the last load read them. */
export const vendorNames = sqliteTable(
  'vendor_names',
  {
    vendorId: text('vendor_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.vendorId, t.id] })],
);

/** Every value that ever changed, with its cause. */
export const changes = sqliteTable(
  'changes',
  {
    id: integer('id').primaryKey(),
    recordId: text('record_id').notNull(),
    at: time('at').notNull(),
    causeKind: text('cause_kind').notNull(),
    causeId: text('cause_id').notNull(),
    field: text('field').notNull(),
    before: json<unknown>('before'),
    after: json<unknown>('after'),
  },
  (t) => [index('changes_record').on(t.recordId, t.id)],
);

export const credentials = sqliteTable('credentials', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  owner: text('owner').notNull(),
  vendorId: text('vendor_id').notNull(),
  kind: text('kind').notNull(),
  description: text('description').notNull(),
  scopes: text('scopes').notNull(),
  clientId: text('client_id').notNull(),
  clientAuth: text('client_auth').notNull().default('form'),
  inputs: json<Record<string, string>>('inputs').notNull().default({}),
  baseUrl: text('base_url').notNull(),
  authorizeUrl: text('authorize_url').notNull(),
  tokenUrl: text('token_url').notNull(),
  apiUrl: text('api_url').notNull().default(''),
  perSecond: real('per_second'),
  atOnce: integer('at_once'),
  /** Sealed one by one; null where there is none. */
  secret: blob('secret', { mode: 'buffer' }),
  accessToken: blob('access_token', { mode: 'buffer' }),
  refreshToken: blob('refresh_token', { mode: 'buffer' }),
  status: text('status').notNull(),
  problem: text('problem'),
  expiresAt: time('expires_at'),
  /** Who asks for new tokens now, and until when nobody else may; null when nobody does. */
  refreshHolder: text('refresh_holder'),
  refreshUntil: time('refresh_until'),
  lastUsedAt: time('last_used_at'),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
});

/** Programs near the secrets that do loads. Hashes only: what they hold opens nothing in a copy of the database. */
export const agents = sqliteTable('agents', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  tokenHash: text('token_hash').unique(),
  tokenExpiresAt: time('token_expires_at'),
  keyHash: text('key_hash').unique(),
  registeredAt: time('registered_at'),
  version: text('version'),
  lastContactAt: time('last_contact_at'),
  credentials: json<unknown>('credentials').notNull().default([]),
  createdAt: time('created_at').notNull(),
});

/** A login that was begun at a vendor and has not come back. */
export const authorizations = sqliteTable('authorizations', {
  stateHash: text('state_hash').primaryKey(),
  credentialId: text('credential_id')
    .notNull()
    .references(() => credentials.id, { onDelete: 'cascade' }),
  /** SHA-256 of the session that began it: another browser cannot finish it. */
  sessionHash: text('session_hash').notNull(),
  verifier: blob('verifier', { mode: 'buffer' }).notNull(),
  returnTo: text('return_to').notNull(),
  expiresAt: time('expires_at').notNull(),
});

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

export const notifications = sqliteTable('notifications', {
  id: text('id').primaryKey(),
  at: time('at').notNull(),
  level: text('level').notNull(),
  title: text('title').notNull(),
  message: text('message').notNull(),
  link: text('link'),
  isRead: flag('is_read').notNull(),
  /** Whom it is for; null for everybody. */
  operatorId: text('operator_id'),
});

/** E-mails on their way: what a crash or a mail server that is down leaves behind is sent later. */
export const mails = sqliteTable(
  'mails',
  {
    id: text('id').primaryKey(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    /** `waiting`, `sent` or `given_up`. */
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    /** When it is tried next; while somebody tries, when somebody else may. */
    nextAttemptAt: time('next_attempt_at').notNull(),
    error: text('error'),
    createdAt: time('created_at').notNull(),
    finishedAt: time('finished_at'),
  },
  (t) => [index('mails_waiting').on(t.nextAttemptAt).where(sql`status = 'waiting'`)],
);

/** What operators did, in order. */
export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey(),
  at: time('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  target: text('target').notNull(),
  details: json<unknown>('details'),
});

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
