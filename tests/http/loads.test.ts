import { expect, test } from 'vitest';
import type { Load, LoadIssue, Page } from '#contract';
import { emptyTally } from '#domain/load';
import { apps, integrations, loadIssues, loads, saasUsers } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';

/** An integration with three accounts, and a load that is held because one of them is missing. */
function addHeldLoad({ database }: TestApp) {
  database.insert(apps).values({ id: 'app_1', name: 'Webex', vendorId: 'webex', createdAt: 0 }).run();
  database
    .insert(integrations)
    .values({
      id: 'int_1',
      name: 'Webex users',
      vendorId: 'webex',
      appId: 'app_1',
      mode: 'user_and_saas_user',
      preference: 'create_and_update',
      mapping: { rows: [] },
      status: 'active',
      createdAt: 0,
      updatedAt: 0,
    })
    .run();
  for (const [i, name] of ['ada', 'grace', 'linus'].entries()) {
    database
      .insert(saasUsers)
      .values({
        id: `sus_${i}`,
        appId: 'app_1',
        identifier: name,
        email: `${name}@acme.test`,
        displayName: name,
        roles: [],
        licenses: [],
        status: '',
        type: '',
        isDeactivated: false,
        deleteInSaas: false,
        fields: {},
        raw: '{}',
        firstSeenAt: 1_000,
        lastSeenAt: name === 'linus' ? 1_000 : 5_000,
      })
      .run();
  }
  database
    .insert(loads)
    .values({
      id: 'lod_1',
      integrationId: 'int_1',
      status: 'held',
      startedBy: 'Ada',
      startedAt: 5_000,
      finishedAt: 6_000,
      pages: 1,
      tally: { ...emptyTally, read: 5, skipped: 2, failed: 1 },
      isComplete: false,
      missing: { known: 3, missing: 1, outcome: 'held', decidedBy: null },
      error: '1 of 3 accounts are missing from the list.',
    })
    .run();
  const issues = [
    ['skipped', '=cmd()', 'It has no value for its sync key (ID).'],
    ['failed', 'Grace "Amazing" Hopper', 'It has no username, which every person needs.'],
    ['skipped', 'linus@acme.test', 'An earlier record of this load has the same key.'],
  ];
  for (const [i, [kind = '', label = '', reason = '']] of issues.entries())
    database
      .insert(loadIssues)
      .values({ loadId: 'lod_1', n: i + 1, kind, label, reason })
      .run();
}

test('the log of a load can be filtered by outcome and text', async () => {
  const app = await buildTestApp();
  addHeldLoad(app);
  const token = await app.token('viewer');
  const numbers = async (query: string) => {
    const response = await app.send('GET', `/loads/lod_1/issues?${query}`, { token });
    const page: Page<LoadIssue> = response.json();
    return [page.items.map(({ n }) => n), page.total];
  };

  expect(await numbers('')).toEqual([[1, 2, 3], 3]);
  expect(await numbers('kind=skipped')).toEqual([[1, 3], 2]);
  expect(await numbers('search=SYNC%20KEY')).toEqual([[1], 1]);
  expect(await numbers('kind=failed&search=linus')).toEqual([[], 0]);
  expect((await app.send('GET', '/loads/lod_1/issues?kind=lost', { token })).statusCode).toBe(400);
});

test('the log can be downloaded, and no spreadsheet runs what a vendor wrote', async () => {
  const app = await buildTestApp();
  addHeldLoad(app);
  const token = await app.token('viewer');

  const response = await app.send('GET', '/loads/lod_1/issues.csv?kind=skipped', { token });

  expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(response.headers['content-disposition']).toBe('attachment; filename="load-lod_1.csv"');
  expect(response.body.split('\r\n')).toEqual([
    '\uFEFF"Number","Outcome","Record","Reason"',
    `"1","skipped","'=cmd()","It has no value for its sync key (ID)."`,
    '"3","skipped","linus@acme.test","An earlier record of this load has the same key."',
    '',
  ]);
  expect((await app.send('GET', '/loads/none/issues.csv', { token })).statusCode).toBe(404);
});

test('an operator sees who is missing and decides about a held load once; a viewer does not', async () => {
  const app = await buildTestApp();
  addHeldLoad(app);
  const path = '/loads/lod_1/missing-accounts';
  const body = { action: 'deactivate' };

  const listed = (await app.send('GET', path, { token: await app.token('viewer') })).json();
  expect(listed).toEqual({
    items: [
      {
        id: 'sus_2',
        identifier: 'linus',
        email: 'linus@acme.test',
        displayName: 'linus',
        lastSeenAt: '1970-01-01T00:00:01.000Z',
      },
    ],
    nextCursor: null,
    total: 1,
  });

  const viewer = await app.send('PUT', path, { token: await app.token('viewer'), body });
  const token = await app.token('operator');
  const first = await app.send('PUT', path, { token, body });
  const second = await app.send('PUT', path, { token, body });

  expect([viewer, first, second].map(({ statusCode }) => statusCode)).toEqual([403, 200, 409]);
  expect(first.json<Load>()).toMatchObject({
    status: 'completed_with_errors',
    isComplete: true,
    error: null,
    missing: { known: 3, missing: 1, outcome: 'deactivated', decidedBy: 'A operator' },
  });
  const gone = app.database
    .select()
    .from(saasUsers)
    .all()
    .filter((user) => user.isDeactivated);
  expect(gone.map(({ identifier }) => identifier)).toEqual(['linus']);
});
