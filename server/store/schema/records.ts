import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { flag, json, time } from './columns.ts';

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
