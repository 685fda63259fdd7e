import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { json, time } from './columns.ts';

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
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

/** What operators did, in order. */
export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey(),
  at: time('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  target: text('target').notNull(),
  details: json<unknown>('details'),
});
