import { expect, test } from 'vitest';
import type { FieldType } from '#domain/field';
import type { MappingRow } from '#domain/mapping';
import { vendors } from '#presets';
import { apps, changes, people, saasUsers, uniqueValues } from '../../server/store/schema.ts';
import {
  addField,
  aPerson,
  createLoadWorld,
  type LoadWorld,
  launch,
  listOf,
  manyPeople,
  run,
} from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

/** Every field of the vendor that is not mapped yet, each to a person field of its own. */
function mapTheRest(world: LoadWorld): MappingRow[] {
  const fields = vendors.find(({ id }) => id === 'webex')?.load.fields ?? [];
  return fields.map((field) => ({
    source: { kind: 'field', key: field.key },
    target: {
      recordType: 'person',
      externalId: addField(world.database, `Vendor ${field.label}`, field.type as FieldType),
    },
    syncKey: null,
  }));
}

test('1,000 people become 1,000 people and SaaS users with every field, and a second load changes nothing', async () => {
  const company = manyPeople(1_000);
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world, { rows: mapTheRest(world) });

  const first = await run(world, id);
  await world.clock.sleep(86_400_000);
  const historyBefore = world.database.select().from(changes).all().length;
  const second = await run(world, id);

  expect(first).toMatchObject({ status: 'succeeded', isComplete: true, pages: 10, error: null });
  expect(first.tally).toEqual({
    read: 1_000,
    created: 1_000,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    failed: 0,
  });
  expect(second.tally).toEqual({
    read: 1_000,
    created: 0,
    updated: 0,
    unchanged: 1_000,
    skipped: 0,
    failed: 0,
  });
  expect(world.database.select().from(changes).all()).toHaveLength(historyBefore);

  const [person, ...others] = world.database.select().from(people).all();
  expect(others).toHaveLength(999);
  expect(person).toMatchObject({
    username: 'person1@acme.test',
    email: 'person1@acme.test',
    firstName: 'Person',
    lastName: '1',
    role: 'Employee',
    status: 'active',
    fields: {
      webex_user_id: 'wx-1',
      vendor_created: '2025-01-02T03:04:05.000Z',
      vendor_displayname: 'Person 1',
      vendor_email: 'person1@acme.test',
      vendor_id: 'wx-1',
      vendor_invite_pending: false,
      vendor_last_modified: '2026-01-02T03:04:05.000Z',
      vendor_org_id: 'org-1',
      vendor_status: 'active',
      vendor_type: 'person',
      vendor_user_load_connector_sync_time: second.startedAt,
      vendor_roles: ['Full Administrator', 'role-unknown'],
      vendor_licences: ['Meetings'],
      vendor_timezone: 'Europe/London',
    },
  });
  const users = world.database.select().from(saasUsers).all();
  expect(users).toHaveLength(1_000);
  expect(users[0]).toMatchObject({
    personId: person?.id,
    identifier: 'wx-1',
    email: 'person1@acme.test',
    displayName: 'Person 1',
    roles: ['Full Administrator', 'role-unknown'],
    licenses: ['Meetings'],
    status: 'active',
    type: 'person',
    lastActivity: Date.parse('2026-11-01T09:00:00.000Z'),
    firstSeenAt: Date.parse(first.startedAt),
    lastSeenAt: Date.parse(second.startedAt),
  });
  expect(JSON.parse(users[0]?.raw ?? '')).toEqual(company[0]);
  expect(world.database.select().from(uniqueValues).all()).toHaveLength(1_000);
  expect(world.database.select().from(apps).all()).toMatchObject([{ name: 'Webex', vendorId: 'webex' }]);
});

test('every page is told, and the parameters that the vendor drops are put back', async () => {
  const world = await createLoadWorld(listOf(() => manyPeople(250)));
  const id = await launch(world);

  await run(world, id);

  expect(world.events).toEqual([
    'loads',
    'running 1 100',
    'running 2 200',
    'running 3 250',
    'succeeded 3 250',
    'loads',
  ]);
  const pages = world.client.calls.map((call) => call.url).filter((url) => url.includes('/people'));
  expect(pages).toEqual([
    'https://webexapis.com/v1/people?max=100',
    'https://webexapis.com/v1/people?cursor=100&max=100',
    'https://webexapis.com/v1/people?cursor=200&max=100',
  ]);
});

test('what changed at the vendor changes here, with its history', async () => {
  let company = [aPerson(1)];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);
  const first = await run(world, id);

  company = [aPerson(1, { lastName: 'Hopper', lastActivity: undefined, status: 'inactive' })];
  const second = await run(world, id);

  expect(second.tally).toMatchObject({ updated: 1, created: 0 });
  const history = world.database.select().from(changes).all();
  expect(history.filter((change) => change.causeId === first.id).map((change) => change.field)).toEqual([
    'username',
    'email',
    'first_name',
    'webex_user_id',
    'last_name',
    'role',
    'identifier',
  ]);
  expect(history.filter((change) => change.causeId === second.id)).toMatchObject([
    { field: 'last_name', before: '1', after: 'Hopper', causeKind: 'load' },
    { field: 'status', before: 'active', after: 'inactive' },
    { field: 'last_activity', before: '2026-11-01T09:00:00.000Z', after: null },
  ]);
  expect(world.database.select().from(saasUsers).get()?.lastActivity).toBeNull();
});

test('a person whose address changed is found by the vendor id', async () => {
  let company = [aPerson(1)];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);
  await run(world, id);

  company = [aPerson(1, { emails: ['new@acme.test'] })];
  const { tally } = await run(world, id);

  expect(tally).toMatchObject({ updated: 1, created: 0 });
  expect(world.database.select().from(people).all()).toMatchObject([{ username: 'new@acme.test' }]);
});

test('an empty value never wipes out what a person has', async () => {
  let company = [aPerson(1)];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);
  await run(world, id);

  company = [aPerson(1, { firstName: '', lastName: undefined })];
  const { tally } = await run(world, id);

  expect(tally).toMatchObject({ unchanged: 1 });
  expect(world.database.select().from(people).get()).toMatchObject({ firstName: 'Person', lastName: '1' });
});

test('records that cannot be written are left out, each with its reason', async () => {
  const company = [
    aPerson(1),
    aPerson(2, { emails: [], id: undefined }),
    aPerson(3, { emails: [] }),
    aPerson(4, { lastActivity: 'yesterday' }),
    aPerson(1, { firstName: 'Again' }),
    aPerson(5, { emails: ['PERSON1@acme.test'] }),
    aPerson(6, { emails: ['not an address'] }),
    'nonsense' as never,
  ];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);

  const load = await run(world, id);
  const { items } = await world.loads.issues(load.id, { limit: 50 });

  expect(load).toMatchObject({ status: 'completed_with_errors', isComplete: true });
  expect(load.tally).toEqual({ read: 8, created: 1, updated: 0, unchanged: 0, skipped: 3, failed: 4 });
  expect(items.map(({ n, kind, label }) => [n, kind, label])).toEqual([
    [1, 'skipped', 'Person 2'],
    [2, 'failed', 'Person 3'],
    [3, 'failed', 'person4@acme.test'],
    [4, 'skipped', 'person1@acme.test'],
    [5, 'skipped', 'PERSON1@acme.test'],
    [6, 'failed', 'not an address'],
    [7, 'failed', 'record 8'],
  ]);
  expect(items[0]?.reason).toContain('no value for its sync key (ID, Email)');
  expect(items[1]?.reason).toContain('no username');
  expect(items[2]?.reason).toContain('Last Activity: "yesterday" is not a date and time');
  expect(items[3]?.reason).toContain('same key');
  expect(items[5]?.reason).toContain('is not an e-mail address');
});

test('a record that would merge two people fails', async () => {
  let company = [aPerson(1), aPerson(2)];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);
  await run(world, id);

  company = [aPerson(1, { emails: ['person2@acme.test'] })];
  const load = await run(world, id);

  expect(load.tally).toMatchObject({ failed: 1 });
  const { items } = await world.loads.issues(load.id, { limit: 1 });
  expect(items[0]?.reason).toContain('username "person2@acme.test" belongs to another person');
});

test('every issue is kept, and can be searched', async () => {
  const world = await createLoadWorld(
    listOf(() => Array.from({ length: 1_200 }, (_, i) => aPerson(i, { emails: [] }))),
  );
  const id = await launch(world);

  const load = await run(world, id);
  const page = await world.loads.issues(load.id, { limit: 200 });
  const next = await world.loads.issues(load.id, { limit: 200, cursor: page.nextCursor ?? '' });

  expect(load.tally.failed).toBe(1_200);
  expect(page.total).toBe(1_200);
  expect(next.items[0]?.n).toBe(201);
  const found = await world.loads.issues(load.id, { limit: 200, kind: 'failed', search: 'PERSON 117' });
  expect(found.items.map(({ label }) => label)).toContain('Person 117');
  expect(found.total).toBe(11);
  expect((await world.loads.issues(load.id, { limit: 200, search: '%' })).total).toBe(0);
  expect((await world.loads.issues(load.id, { limit: 200, kind: 'skipped' })).total).toBe(0);
});

test.each([
  ['create_only', { created: 1, updated: 0, skipped: 1 }, 'Create only'],
  ['update_only', { created: 0, updated: 1, skipped: 1 }, 'Update only'],
] as const)('with the preference %s the others are skipped', async (preference, tally, words) => {
  let company = [aPerson(1)];
  const world = await createLoadWorld(listOf(() => company));
  const id = await launch(world);
  await run(world, id);
  await world.integrations.change(id, { preference });

  company = [aPerson(1, { lastName: 'Hopper' }), aPerson(2)];
  const load = await run(world, id);

  expect(load.tally).toMatchObject(tally);
  expect((await world.loads.issues(load.id, { limit: 9 })).items[0]?.reason).toContain(words);
});

test('a load of users only writes no accounts', async () => {
  const world = await createLoadWorld(listOf(() => manyPeople(3)));
  const id = await launch(world, { mode: 'user' });

  const load = await run(world, id);

  expect(load.tally).toMatchObject({ created: 3 });
  expect(world.database.select().from(saasUsers).all()).toHaveLength(0);
  expect(world.database.select().from(apps).all()).toHaveLength(0);
  expect(world.client.calls).toHaveLength(1);
});

test('an account that was thought gone and is there again is no longer marked', async () => {
  const world = await createLoadWorld(listOf(() => [aPerson(1)]));
  const id = await launch(world);
  await run(world, id);
  world.database.update(saasUsers).set({ isDeactivated: true }).run();

  const load = await run(world, id);

  expect(load.tally).toMatchObject({ updated: 1 });
  expect(world.database.select().from(saasUsers).get()?.isDeactivated).toBe(false);
});

test('ids beyond 2^53 stay exact', async () => {
  const world = await createLoadWorld((call) =>
    call.url.includes('/people')
      ? answer(200, '{"items":[{"id":9007199254740993123,"emails":["ada@acme.test"]}]}')
      : listOf(() => [])(call),
  );
  const id = await launch(world);

  await run(world, id);

  expect(world.database.select().from(saasUsers).get()?.identifier).toBe('9007199254740993123');
});
