import { describe, expect, test } from 'vitest';
import type { MappingRow } from '#domain/mapping';
import { aPerson, createLoadWorld, launch, listOf } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

const world = () => createLoadWorld(listOf(() => [aPerson(1)]));

const aRow = (change: Partial<MappingRow>): MappingRow => ({
  source: { kind: 'field', key: 'email' },
  target: { recordType: 'person', externalId: 'username' },
  syncKey: null,
  ...change,
});

test('a new integration is a draft that says what it lacks', async () => {
  const { integrations } = await world();

  const { integration, missing } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });

  expect(integration).toMatchObject({
    status: 'draft',
    mode: 'user_and_saas_user',
    appId: null,
    lastLoad: null,
  });
  expect(missing.length).toBeGreaterThan(0);
  await expect(integrations.launch(integration.id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Choose a credential.'),
  });
});

test('a draft does not load', async () => {
  const { integrations, loads } = await world();
  const { integration } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });

  await expect(loads.start(integration.id, 'Ada')).rejects.toMatchObject({ code: 'conflict' });
});

test('an active integration that loses a required part is a draft again', async () => {
  const all = await world();
  const id = await launch(all);

  const renamed = await all.integrations.change(id, { name: 'Other' });
  const broken = await all.integrations.change(id, { mapping: { rows: [] } });

  expect(renamed.integration).toMatchObject({ status: 'active', name: 'Other' });
  expect(broken.integration.status).toBe('draft');
});

test('an integration can be withdrawn and removed', async () => {
  const { integrations, ...all } = await world();
  const id = await launch({ integrations, ...all });

  expect((await integrations.withdraw(id)).integration.status).toBe('draft');
  await integrations.remove(id);

  await expect(integrations.find(id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await integrations.list()).toEqual([]);
});

test.each<[string, MappingRow[], string]>([
  [
    'an unknown target',
    [aRow({ target: { recordType: 'person', externalId: 'nothing' } })],
    'no field "nothing"',
  ],
  ['an unknown source', [aRow({ source: { kind: 'field', key: 'nothing' } })], 'no field "nothing"'],
  ['a path that cannot be read', [aRow({ source: { kind: 'path', path: 'a[', label: 'A' } })], 'bracket'],
  ['a target twice', [aRow({}), aRow({})], 'twice'],
  [
    'a sync key that is not unique',
    [aRow({ target: { recordType: 'person', externalId: 'email' }, syncKey: 1 })],
    'not unique',
  ],
  ['a constant as sync key', [aRow({ source: { kind: 'constant', value: 'x' }, syncKey: 1 })], 'same value'],
  [
    'what the load sets itself',
    [aRow({ target: { recordType: 'saas_user', externalId: 'last_seen_at' } })],
    'itself',
  ],
  [
    'two keys of one priority',
    [
      aRow({ syncKey: 1 }),
      aRow({ target: { recordType: 'saas_user', externalId: 'identifier' }, syncKey: 1 }),
    ],
    'priority',
  ],
])('a mapping with %s is refused', async (_, rows, words) => {
  const { integrations } = await world();
  const { integration } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });

  await expect(integrations.change(integration.id, { mapping: { rows } })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(words),
    place: expect.stringContaining('mapping.rows['),
  });
});

describe('the schedule of an integration', () => {
  const at = (hours: string) => ({ cron: hours, timeZone: 'Europe/Berlin' });

  test('is once a day at a quiet hour, until somebody changes it', async () => {
    const { integrations } = await world();

    const { integration, nextLoads } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });

    expect(integration.schedule?.cron).toBe('0 3 * * *');
    expect(integration.nextLoadAt).toBeNull();
    expect(nextLoads).toHaveLength(5);
  });

  test('counts from the launch, and stands still while paused', async () => {
    const all = await world();
    const id = await launch(all);

    const { integration, nextLoads } = await all.integrations.change(id, { schedule: at('30 4 * * *') });
    const paused = await all.integrations.change(id, { isPaused: true });
    const resumed = await all.integrations.change(id, { isPaused: false });

    expect(integration.nextLoadAt).toBe('2026-11-22T03:30:00.000Z');
    expect(nextLoads[1]).toBe('2026-11-23T03:30:00.000Z');
    expect(paused).toMatchObject({ integration: { status: 'active', nextLoadAt: null }, nextLoads: [] });
    expect(resumed.integration.nextLoadAt).toBe('2026-11-22T03:30:00.000Z');
    expect((await all.integrations.withdraw(id)).integration.nextLoadAt).toBeNull();
  });

  test('can be taken away', async () => {
    const all = await world();
    const id = await launch(all);

    const { integration } = await all.integrations.change(id, { schedule: null });

    expect(integration).toMatchObject({ schedule: null, nextLoadAt: null, status: 'active' });
  });

  test('is refused when it never comes', async () => {
    const all = await world();
    const id = await launch(all);

    await expect(all.integrations.change(id, { schedule: at('0 0 31 2 *') })).rejects.toMatchObject({
      code: 'invalid',
      place: 'schedule.cron',
    });
  });
});

test('an input that the vendor does not ask for is refused', async () => {
  const { integrations } = await world();
  const { integration } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });

  await expect(integrations.change(integration.id, { inputs: { account_key: '1' } })).rejects.toMatchObject({
    code: 'invalid',
    place: 'inputs.account_key',
  });
});

test('whoever adds an integration is its first contact', async () => {
  const { integrations } = await world();

  const { integration } = await integrations.create({
    vendorId: 'webex',
    name: 'Webex users',
    operatorId: 'opr_ada',
  });

  expect(integration.contacts).toEqual({ operatorIds: ['opr_ada'], addresses: [] });
});

describe('an input that the vendor can be asked for', () => {
  // The first key is larger than a double can hold.
  const accounts = '{"accounts":[{"key":9223372036854775807,"name":"Acme"},{"key":"2"}]}';
  const goto = { vendorId: 'goto', baseUrl: 'https://api.getgo.test/admin/rest/v1' };
  const gotoWorld = (body = accounts, status = 200) =>
    createLoadWorld(() => answer(status, body), undefined, goto);

  test('is a required part until it is entered', async () => {
    const { integrations } = await gotoWorld();
    const { integration, missing } = await integrations.create({ vendorId: 'goto', name: 'GoTo users' });

    const entered = await integrations.change(integration.id, { inputs: { account_key: '2' } });

    expect(missing).toContainEqual({ section: 'details', message: 'Enter the account key.' });
    expect(entered.missing.map(({ section }) => section)).not.toContain('details');
  });

  test('is found at the vendor, with every digit', async () => {
    const { integrations, client } = await gotoWorld();
    const { integration } = await integrations.create({ vendorId: 'goto', name: 'GoTo users' });
    await integrations.change(integration.id, { credentialId: 'crd_1' });

    const choices = await integrations.choices(integration.id, 'account_key');

    expect(choices).toEqual([
      { value: '9223372036854775807', label: 'Acme' },
      { value: '2', label: '2' },
    ]);
    expect(client.calls[0]?.url).toContain('/me');
  });

  test('is not found without a credential, or when the vendor refuses', async () => {
    const { integrations } = await gotoWorld('{}', 403);
    const { integration } = await integrations.create({ vendorId: 'goto', name: 'GoTo users' });

    const ask = () => integrations.choices(integration.id, 'account_key');

    await expect(ask()).rejects.toMatchObject({ message: 'Choose a credential first.' });
    await integrations.change(integration.id, { credentialId: 'crd_1' });
    await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('403') });
    await expect(integrations.choices(integration.id, 'nothing')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
