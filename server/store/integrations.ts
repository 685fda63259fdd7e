import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { builtInFields } from '#domain/field';
import { contactsSchema, type Integration, inputsSchema, missingAccountsSchema } from '#domain/integration';
import type { Load } from '#domain/load';
import { mappingSchema } from '#domain/mapping';
import { scheduleSchema } from '#domain/schedule';
import type { IntegrationStore } from '#engine/load-ports';
import { createAgentStore } from './agents.ts';
import { createCredentialStore } from './credentials.ts';
import { type Database, inOneWrite } from './database.ts';
import { toField } from './fields.ts';
import { toLoad } from './load-rows.ts';
import { createMappingVersionStore } from './mapping-versions.ts';
import { apps, fields, integrations, loads } from './schema.ts';

type Row = typeof integrations.$inferSelect;

export function createIntegrationStore(database: Database): IntegrationStore {
  const credentials = createCredentialStore(database);
  const agentStore = createAgentStore(database);

  return {
    ...createMappingVersionStore(database),

    async list() {
      const rows = database
        .select()
        .from(integrations)
        .orderBy(asc(sql`lower(${integrations.name})`))
        .all();
      const last = lastLoads(database);
      return rows.map((row) => toIntegration(row, last.get(row.id) ?? null));
    },

    async find(id) {
      const row = database.select().from(integrations).where(eq(integrations.id, id)).get();
      return row && toIntegration(row, lastLoads(database, id).get(id) ?? null);
    },

    async insert({ id, name, vendorId, mapping, schedule, contacts }, at) {
      const row = {
        id,
        name,
        vendorId,
        appId: null,
        mode: 'user_and_saas_user',
        preference: 'create_and_update',
        credentialId: null,
        mapping,
        schedule,
        contacts,
        status: 'draft',
        createdAt: at,
        updatedAt: at,
      };
      database.insert(integrations).values(row).run();
    },

    async update(id, change, at) {
      database
        .update(integrations)
        .set({ ...change, updatedAt: at })
        .where(eq(integrations.id, id))
        .run();
    },

    async remove(id) {
      inOneWrite(database, (tx) => {
        const isRunning = and(eq(loads.integrationId, id), inArray(loads.status, ['queued', 'running']));
        if (tx.select({ id: loads.id }).from(loads).where(isRunning).get()) {
          throw new AppError('conflict', 'A load of this integration is running. Cancel it first.');
        }
        tx.delete(integrations).where(eq(integrations.id, id)).run();
      });
    },

    async ensureApp(id, { id: newAppId, name, otherName }, at) {
      return inOneWrite(database, (tx) => {
        const row = tx.select().from(integrations).where(eq(integrations.id, id)).get();
        if (!row) throw new AppError('not_found', 'There is no such integration. It may have been removed.');
        if (row.appId !== null) return row.appId;
        const isTaken = tx.select({ id: apps.id }).from(apps).where(eq(apps.name, name)).get() !== undefined;
        tx.insert(apps)
          .values({ id: newAppId, name: isTaken ? otherName : name, vendorId: row.vendorId, createdAt: at })
          .run();
        tx.update(integrations).set({ appId: newAppId }).where(eq(integrations.id, id)).run();
        return newAppId;
      });
    },

    async credential(id) {
      return (await credentials.find(id))?.credential;
    },

    agent: (id) => agentStore.find(id),

    async fields() {
      return [
        ...builtInFields,
        ...database.select().from(fields).orderBy(asc(fields.label)).all().map(toField),
      ];
    },
  };
}

/** The newest load of each integration, or of one. */
function lastLoads(database: Database, integrationId?: string): Map<string, Load> {
  const newest = database
    .select({ id: sql<string>`max(${loads.id})` })
    .from(loads)
    .where(integrationId === undefined ? undefined : eq(loads.integrationId, integrationId))
    .groupBy(loads.integrationId);
  const rows = database.select().from(loads).where(inArray(loads.id, newest)).all();
  return new Map(rows.map((row) => [row.integrationId, toLoad(row)]));
}

export function toIntegration(row: Row, lastLoad: Load | null): Integration {
  return {
    id: row.id,
    name: row.name,
    vendorId: row.vendorId,
    appId: row.appId,
    mode: row.mode as Integration['mode'],
    preference: row.preference as Integration['preference'],
    credentialId: row.credentialId,
    installation: row.installation as Integration['installation'],
    agentId: row.agentId,
    agentCredential: row.agentCredential,
    inputs: inputsSchema.parse(row.inputs),
    mapping: mappingSchema.parse(row.mapping),
    mappingVersion: row.mappingVersion,
    missingAccounts: missingAccountsSchema.parse(row.missingAccounts),
    contacts: contactsSchema.parse(row.contacts),
    schedule: row.schedule === null ? null : scheduleSchema.parse(row.schedule),
    isPaused: row.isPaused,
    nextLoadAt: row.nextLoadAt === null ? null : new Date(row.nextLoadAt).toISOString(),
    status: row.status as Integration['status'],
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    lastLoad,
  };
}
