import { type FieldType, type RecordType, toExternalId } from '#domain/field';
import { newId } from '#domain/ids';
import type { MappingRow } from '#domain/mapping';
import { createAgentLoads } from '#engine/agent-loads';
import { createIntegrations } from '#engine/integrations';
import type { LoadEvents } from '#engine/load-ports';
import { createLoads } from '#engine/loads';
import { createMatching } from '#engine/match';
import type { VendorCall, VendorReply } from '#engine/vendor-ports';
import { vendors } from '#presets';
import { createCredentialStore } from '../../server/store/credentials.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createIntegrationStore } from '../../server/store/integrations.ts';
import { createLoadPages } from '../../server/store/load-pages.ts';
import { createLoadWriter, writeHere } from '../../server/store/load-writer.ts';
import { createLoadStore } from '../../server/store/loads.ts';
import { createMissingAccountsStore } from '../../server/store/missing-accounts.ts';
import { fields } from '../../server/store/schema.ts';
import { answer, createScriptedClient } from './scripted-client.ts';
import { createTestClock } from './test-clock.ts';

export const base = 'https://webexapis.com/v1';

export interface VendorPerson {
  id?: string | undefined;
  emails?: unknown;
  [key: string]: unknown;
}

/** The nth person of a made-up company, as Webex answers one. */
export function aPerson(n: number, change: VendorPerson = {}): VendorPerson {
  return {
    id: `wx-${n}`,
    emails: [`person${n}@acme.test`],
    displayName: `Person ${n}`,
    firstName: 'Person',
    lastName: String(n),
    orgId: 'org-1',
    roles: ['role-admin', 'role-unknown'],
    licenses: ['lic-meet'],
    created: '2025-01-02T03:04:05.000Z',
    lastModified: '2026-01-02T03:04:05.000Z',
    lastActivity: '2026-11-01T09:00:00.000Z',
    status: 'active',
    invitePending: 'false',
    loginEnabled: true,
    type: 'person',
    department: 'Research',
    title: 'Analyst',
    manager: 'Grace',
    timezone: 'Europe/London',
    ...change,
  };
}

export const manyPeople = (count: number) => Array.from({ length: count }, (_, i) => aPerson(i + 1));

/** Answers as Webex lists people: pages of `size` with Link headers that keep only the cursor. */
export function listOf(people: () => VendorPerson[], size = 100) {
  return (call: VendorCall): VendorReply => {
    const url = new URL(call.url);
    if (url.pathname.endsWith('/roles'))
      return answer(200, { items: [{ id: 'role-admin', name: 'Full Administrator' }] });
    if (url.pathname.endsWith('/licenses'))
      return answer(200, { items: [{ id: 'lic-meet', name: 'Meetings' }] });
    const from = Number(url.searchParams.get('cursor') ?? 0);
    const all = people();
    const next =
      from + size < all.length ? { link: `<${base}/people?cursor=${from + size}>; rel="next"` } : {};
    return answer(200, { items: all.slice(from, from + size) }, next as Record<string, string>);
  };
}

export type LoadWorld = Awaited<ReturnType<typeof createLoadWorld>>;

const pagesHere = (database: Database) => writeHere(createLoadPages(database, createMatching, newId));

/** Loads on a real database; the vendor, Webex unless told otherwise, answers by a script. */
export async function createLoadWorld(
  script: (call: VendorCall, n: number) => VendorReply | Promise<VendorReply>,
  database: Database = openDatabase(':memory:'),
  { vendorId = 'webex', baseUrl = base, pages = pagesHere(database) } = {},
) {
  const clock = createTestClock();
  const client = createScriptedClient(script);
  const events: string[] = [];
  const reports: string[] = [];
  const writer = createLoadWriter(database, pages);
  const store = createIntegrationStore(database);
  const credentials = createCredentialStore(database);
  const shared = {
    client,
    clock,
    random: () => 0,
    maxPages: 1_000,
    newId,
    writer,
    vendors: { find: (id: string) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
  };
  const noAgent = { ask: () => Promise.reject(new Error('There is no agent here.')) };
  const integrations = createIntegrations({ ...shared, store, questions: noAgent });
  const loadStore = createLoadStore(database);
  const loadEvents: LoadEvents = {
    loadChanged: (load) => void events.push(`${load.status} ${load.pages} ${load.tally.read}`),
    listChanged: (what) => void events.push(what),
  };
  let fences = 0;
  const agentLoads = createAgentLoads({
    ...shared,
    store: loadStore,
    events: loadEvents,
    randomText: () => `fence ${++fences}`,
  });
  const distrusted: string[] = [];
  const deleted = { count: 0 };
  const loads = createLoads({
    ...shared,
    distrust: async (id, reason) => void distrusted.push(`${id}: ${reason}`),
    deletions: async () => deleted.count,
    store: loadStore,
    readByAgent: agentLoads.read,
    accounts: createMissingAccountsStore(database),
    integrations: store,
    events: loadEvents,
    report: (message, error) => void reports.push(`${message}: ${String(error)}`),
  });

  const at = clock.now();
  const urls = { baseUrl, authorizeUrl: `${base}/authorize`, tokenUrl: `${base}/access_token` };
  const about = {
    name: 'Webex admin',
    owner: '',
    vendorId,
    description: '',
    scopes: '',
    clientId: 'a',
    kind: 'oauth2',
    clientAuth: 'form',
    inputs: {},
    perSecond: null,
    atOnce: null,
  } as const;
  if (!(await credentials.find('crd_1'))) {
    await credentials.insert('crd_1', { ...about, ...urls }, Buffer.from('sealed'), at);
    await credentials.saveTokens(
      'crd_1',
      { accessToken: Buffer.from('t'), refreshToken: null, expiresAt: null },
      at,
      null,
    );
  }

  const seen = { client, events, reports, distrusted, deleted };
  return { vendorId, database, clock, ...seen, integrations, loads, agentLoads, credentials };
}

export function addField(
  database: Database,
  label: string,
  type: FieldType,
  isUnique = false,
  recordType: RecordType = 'person',
  externalId = toExternalId(label),
) {
  database
    .insert(fields)
    .values({ id: newId('field'), recordType, externalId, label, type, isUnique, help: '', createdAt: 0 })
    .run();
  return externalId;
}

/** A launched integration with what Smart Mapping proposes, its new fields made, and these rows besides. */
export async function launch(
  world: LoadWorld,
  options: {
    mode?: 'user' | 'user_and_saas_user';
    preference?: 'create_and_update' | 'create_only' | 'update_only';
    rows?: MappingRow[];
    without?: string[];
    inputs?: Record<string, string>;
  } = {},
): Promise<string> {
  const { integrations, database } = world;
  const { integration } = await integrations.create({ vendorId: world.vendorId, name: 'Webex users' });
  const {
    mode = 'user_and_saas_user',
    preference = 'create_and_update',
    without = [],
    inputs = {},
  } = options;
  await integrations.change(integration.id, { mode, preference, inputs, credentialId: 'crd_1' });
  const { rows } = await integrations.propose(integration.id);
  for (const { row, newField } of rows) {
    if (newField)
      addField(
        database,
        newField.label,
        newField.type as FieldType,
        newField.isUnique,
        row.target.recordType,
        row.target.externalId,
      );
  }
  const kept = rows.map(({ row }) => row).filter((row) => !without.includes(row.target.externalId));
  const mapping = { ...integration.mapping, rows: [...kept, ...(options.rows ?? [])] };
  await integrations.change(integration.id, { mapping });
  await integrations.launch(integration.id);
  return integration.id;
}

export const run = (world: LoadWorld, id: string) => world.loads.run(id, 'Ada', new AbortController().signal);
