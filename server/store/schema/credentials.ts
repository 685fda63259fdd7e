import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { json, time } from './columns.ts';

/** Every content that the file of an operator's own vendor has had; rows never change. */
export const vendorDefinitions = sqliteTable('vendor_definitions', {
  id: integer('id').primaryKey(),
  vendorId: text('vendor_id').notNull(),
  hash: text('hash').notNull(),
  definition: json<unknown>('definition').notNull(),
  at: time('at').notNull(),
});

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
