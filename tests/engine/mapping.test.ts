import { expect, test } from 'vitest';
import type { ConditionGroup } from '#domain/condition';
import type { Converter } from '#domain/converter';
import type { Mapping, MappingRow } from '#domain/mapping';
import {
  addField,
  aPerson,
  createLoadWorld,
  type LoadWorld,
  launch,
  listOf,
  run,
  type VendorPerson,
} from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

const worldOf = (...people: VendorPerson[]) => createLoadWorld(listOf(() => people));

const roleBy = (...converters: Converter[]): MappingRow => ({
  source: { kind: 'field', key: 'licenses' },
  converters,
  target: { recordType: 'person', externalId: 'role' },
  syncKey: null,
});

const rolesByLicence: Converter = {
  kind: 'map_values',
  entries: [{ from: 'Meetings', to: 'Caller' }],
  otherwise: { kind: 'fail' },
};

const onlyIf = (field: string, value: string): ConditionGroup => ({
  match: 'all',
  rules: [{ field, operator: 'equals', value }],
});

const mappingOf = async ({ integrations }: LoadWorld, id: string): Promise<Mapping> =>
  (await integrations.find(id)).integration.mapping;

const withFilter = async (world: LoadWorld, id: string, filter: Mapping['filter']) =>
  await world.integrations.change(id, { mapping: { ...(await mappingOf(world, id)), filter } });

const people = ({ database }: LoadWorld) =>
  database.$client.prepare('SELECT username, role, first_name FROM people ORDER BY username').all();

test('converters change values on their way, and one that cannot fails its record only', async () => {
  const world = await worldOf(aPerson(1), aPerson(2, { licenses: ['lic-none'] }));
  const id = await launch(world, { without: ['role'], rows: [roleBy(rolesByLicence)] });

  const load = await run(world, id);

  expect(people(world)).toMatchObject([{ username: 'person1@acme.test', role: 'Caller' }]);
  expect(load.tally).toMatchObject({ created: 1, failed: 1 });
  const { items } = await world.loads.issues(load.id, { limit: 10 });
  expect(items[0]?.reason).toContain('Licences: the value map does not know ["lic-none"].');
});

test('a value is put together from several sources', async () => {
  const world = await worldOf(aPerson(1));
  const id = await launch(world, {
    without: ['first_name'],
    rows: [
      {
        source: { kind: 'path', path: 'title', label: 'Title' },
        converters: [
          {
            kind: 'concat',
            sources: [
              { kind: 'path', path: 'department', label: 'Department' },
              { kind: 'constant', value: 'Acme' },
            ],
            separator: ', ',
          },
          { kind: 'upper' },
        ],
        target: { recordType: 'person', externalId: 'first_name' },
        syncKey: null,
      },
    ],
  });

  await run(world, id);

  expect(people(world)).toMatchObject([{ first_name: 'ANALYST, RESEARCH, ACME' }]);
});

test('a filter keeps records out, with its rule as the reason', async () => {
  const world = await worldOf(
    aPerson(1),
    aPerson(2, { status: 'inactive' }),
    aPerson(3, { status: undefined }),
  );
  const id = await launch(world);
  await withFilter(world, id, { create: onlyIf('status', 'active'), update: null });

  const load = await run(world, id);

  expect(load.tally).toMatchObject({ created: 1, skipped: 2, failed: 0 });
  const { items } = await world.loads.issues(load.id, { limit: 10 });
  expect(items.map(({ reason }) => reason)).toEqual([
    'The filter lets it be created only if Status is active.',
    'The filter lets it be created only if Status is active, and a value for that is missing or malformed.',
  ]);
});

test('a filter for updates leaves what is there as it is, by mapped values too', async () => {
  const list = [aPerson(1), aPerson(2)];
  const world = await createLoadWorld(listOf(() => list));
  const id = await launch(world);
  await run(world, id);
  list[0] = aPerson(1, { firstName: 'Ada' });
  list[1] = aPerson(2, { firstName: 'Grace' });
  await withFilter(world, id, { create: null, update: onlyIf('person.first_name', 'Ada') });

  const load = await run(world, id);

  expect(load.tally).toMatchObject({ updated: 1, skipped: 1 });
  expect(people(world)).toMatchObject([{ first_name: 'Ada' }, { first_name: 'Person' }]);
});

test.each<[string, Partial<MappingRow> | Mapping['filter'], string]>([
  [
    'a source of a converter that is not there',
    { converters: [{ kind: 'first_of', sources: [{ kind: 'field', key: 'none' }] }] },
    'no field "none"',
  ],
  ['a date format without a year', { converters: [{ kind: 'date', format: 'DD.MM.' }] }, 'no whole date'],
  ['a filter over nothing', { create: onlyIf('none', 'x'), update: null }, 'asks for "none"'],
  [
    'a filter over what nothing fills',
    { create: onlyIf('saas_user.type', 'x'), update: null },
    'which nothing fills',
  ],
])('a mapping with %s is refused', async (_, wrong, words) => {
  const world = await worldOf();
  const { integration } = await world.integrations.create({ vendorId: 'webex', name: 'Webex users' });
  const row: MappingRow = {
    source: { kind: 'field', key: 'email' },
    target: { recordType: 'person', externalId: 'username' },
    syncKey: 1,
  };
  const isFilter = wrong !== undefined && 'create' in wrong;
  const mapping = isFilter ? { rows: [row], filter: wrong } : { rows: [{ ...row, ...wrong } as MappingRow] };

  await expect(world.integrations.change(integration.id, { mapping })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining(words),
  });
});

test('a constant that its field cannot hold is refused', async () => {
  const world = await worldOf();
  const externalId = addField(world.database, 'Start date', 'date');
  const { integration } = await world.integrations.create({ vendorId: 'webex', name: 'Webex users' });
  const row: MappingRow = {
    source: { kind: 'constant', value: 'soon' },
    target: { recordType: 'person', externalId },
    syncKey: null,
  };

  await expect(world.integrations.change(integration.id, { mapping: { rows: [row] } })).rejects.toMatchObject(
    { code: 'invalid', message: expect.stringContaining('"soon" is not a date') },
  );
});

test('the preview says of each record what would happen, and of each value where it comes from', async () => {
  const world = await worldOf(
    ...[1, 2, 3, 4, 5, 6].map((n) => aPerson(n)),
    aPerson(7, { status: 'inactive' }),
    aPerson(8, { licenses: [] }),
  );
  const id = await launch(world, { without: ['role'], rows: [roleBy(rolesByLicence)] });
  const mapping = {
    ...(await mappingOf(world, id)),
    filter: { create: onlyIf('status', 'active'), update: null },
  };

  const { records, counts, examples } = await world.integrations.preview(id, mapping);

  expect(counts).toEqual({ create: 6, update: 0, unchanged: 0, skip: 1, fail: 1 });
  expect(records.map(({ action }) => action)).toEqual([
    ...Array.from({ length: 5 }, () => 'create'),
    'skip',
    'fail',
  ]);
  const roleOf = (n: number) => records[n]?.values.find(({ externalId }) => externalId === 'role');
  expect(roleOf(0)).toMatchObject({
    source: 'Licences',
    read: ['Meetings'],
    after: 'Caller',
    isWritten: true,
  });
  expect(roleOf(5)).toMatchObject({ after: 'Caller', isWritten: false });
  expect(roleOf(6)?.problem).toBe('it is empty, and the value map has nothing for that');
  expect(examples).toHaveLength(3);
  expect(examples[0]).toMatchObject({
    record: { id: 'wx-1' },
    fields: { email: 'person1@acme.test', licenses: ['Meetings'] },
  });
  expect(people(world)).toEqual([]);
});

test('the preview shows records of every pass of a list, in turn', async () => {
  const counts: Record<string, number> = { active: 400, inactive: 3, pending: 1 };
  const world = await createLoadWorld(
    ({ url }) => {
      const status = new URL(url).searchParams.get('status') ?? '';
      const users = Array.from({ length: Math.min(counts[status] ?? 0, 300) }, (_, n) => ({
        id: `${status}-${n}`,
        email: `${status}${n}@acme.test`,
        status,
      }));
      // Longer than one page: of each pass only the first is read.
      return answer(200, { users, roles: [], next_page_token: users.length === 300 ? 'more' : '' });
    },
    undefined,
    { vendorId: 'zoom', baseUrl: 'https://api.zoom.us/v2' },
  );
  const id = await launch(world, {
    without: ['role'],
    rows: [
      {
        source: { kind: 'constant', value: 'User' },
        target: { recordType: 'person', externalId: 'role' },
        syncKey: null,
      },
    ],
  });

  const preview = await world.integrations.preview(id);

  expect(preview.counts).toMatchObject({ create: 304 });
  expect(preview.records.map(({ label }) => label)).toEqual([
    'active0@acme.test',
    'inactive0@acme.test',
    'pending0@acme.test',
    'active1@acme.test',
    'inactive1@acme.test',
  ]);
  expect(preview.samples.status).toEqual(['active', 'inactive', 'pending']);
});

test('every saved mapping is kept with its author, and can be restored', async () => {
  const world = await worldOf(aPerson(1));
  const { integrations } = world;
  const id = await launch(world);
  const first = await mappingOf(world, id);

  await integrations.change(id, { mapping: { rows: first.rows.slice(0, 3) }, mappingNote: 'Less' }, 'Grace');
  const { integration } = await integrations.restoreMapping(id, 1, 2, 'Linus');

  expect(integration).toMatchObject({ mapping: first, mappingVersion: 3 });
  const { items, total } = await integrations.mappingVersions(id, { limit: 10 });
  expect(total).toBe(3);
  expect(items.map(({ version, savedBy, note }) => [version, savedBy, note])).toEqual([
    [3, 'Linus', 'Restored from version 1'],
    [2, 'Grace', 'Less'],
    [1, '', ''],
  ]);
  await expect(integrations.mappingVersion(id, 9)).rejects.toMatchObject({ code: 'not_found' });
});

test('of two who edit one mapping the second is told, and nothing of it is saved', async () => {
  const world = await worldOf(aPerson(1));
  const { integrations } = world;
  const id = await launch(world);
  const { mapping, mappingVersion } = (await integrations.find(id)).integration;
  await integrations.change(id, { mapping: { rows: mapping.rows.slice(1) }, mappingVersion }, 'Grace');

  const second = integrations.change(id, { name: 'Mine', mapping: { rows: [] }, mappingVersion }, 'Ada');

  await expect(second).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Grace saved version 2'),
  });
  expect((await integrations.find(id)).integration).toMatchObject({ name: 'Webex users', mappingVersion: 2 });
});

test('a mapping that is saved as it is makes no new version', async () => {
  const world = await worldOf(aPerson(1));
  const id = await launch(world);

  const { integration } = await world.integrations.change(id, { mapping: await mappingOf(world, id) });

  expect(integration.mappingVersion).toBe(1);
});

test('Smart Mapping leaves what the author set, and tells it', async () => {
  const world = await worldOf();
  const { integrations } = world;
  const { integration } = await integrations.create({ vendorId: 'webex', name: 'Webex users' });
  const own: MappingRow = {
    source: { kind: 'field', key: 'display_name' },
    target: { recordType: 'person', externalId: 'username' },
    syncKey: 1,
  };

  const { rows, kept } = await integrations.propose(integration.id, { rows: [own] });

  expect(kept).toEqual([own]);
  expect(rows.some(({ row }) => row.target.externalId === 'username')).toBe(false);
  expect(rows.every(({ row }) => row.syncKey === null)).toBe(true);
});
