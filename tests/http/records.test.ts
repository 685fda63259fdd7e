import { describe, expect, test } from 'vitest';
import type { Overview, Page, Person, PersonDetails } from '#contract';
import { buildTestApp } from '../support/build-app.ts';
import { addAccounts } from '../support/engine-world.ts';

const names = (page: Page<Person>) => page.items.map((person) => person.firstName);

describe('people', () => {
  test('come in pages that hold each of them once', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    addAccounts(
      app.database,
      ['ada', 'Grace', 'linus', 'Zoe', 'bob'].map((name) => ({ name })),
    );

    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<Person> = (await app.send('GET', `/people?limit=2${query}`, { token })).json();
      expect(page.total).toBe(5);
      seen.push(...names(page));
      cursor = page.nextCursor;
    }

    expect(seen).toEqual(['ada', 'bob', 'Grace', 'linus', 'Zoe']);
  });

  test.each([
    ['GRACE', ['grace']],
    ['race test', ['grace']],
    ['linus@acme', ['linus']],
    ['%', []],
    ['_', []],
    ["' OR 1=1 --", []],
  ])('searched for %j', async (search, found) => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    addAccounts(
      app.database,
      ['ada', 'grace', 'linus'].map((name) => ({ name })),
    );

    const response = await app.send('GET', `/people?search=${encodeURIComponent(search)}`, { token });

    expect(names(response.json())).toEqual(found);
  });

  test('a cursor that no list gave out is refused', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');

    expect((await app.send('GET', '/people?cursor=x', { token })).statusCode).toBe(400);
    expect((await app.send('GET', '/apps/none/users?cursor=eyJ4IjoxfQ', { token })).statusCode).toBe(400);
  });

  test('one is shown with accounts, and one that is not there is not found', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    addAccounts(app.database, [{ name: 'ada', lastActivity: '2026-11-01T09:00:00.000Z' }]);

    const details: PersonDetails = (await app.send('GET', '/people/per_ada', { token })).json();

    expect(details.accounts).toMatchObject([{ appName: 'Webex', lastActivity: '2026-11-01T09:00:00.000Z' }]);
    expect((await app.send('GET', '/people/per_nobody', { token })).statusCode).toBe(404);
  });
});

describe('apps', () => {
  test('count their users, by activity, and never take the unknown for inactive', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    addAccounts(app.database, [
      { name: 'ada', lastActivity: '2026-11-01T09:00:00Z' },
      { name: 'grace', lastActivity: '2026-02-10T09:00:00Z' },
      { name: 'linus' },
      { name: 'zoe', lastActivity: '2026-02-10T09:00:00Z', isDeactivated: true },
    ]);

    const overview: Overview = (await app.send('GET', '/overview', { token })).json();
    const inactive = await app.send('GET', '/apps/app_webex/users?activity=inactive&status=active', {
      token,
    });

    expect(overview.apps).toMatchObject([
      { users: 4, inactive90Days: 1, unknownActivity: 1, deactivated: 1 },
    ]);
    expect(inactive.json<Page<{ id: string }>>().items.map((user) => user.id)).toEqual(['sus_grace']);
  });

  test('page through users with the same address, or none, without losing one', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    addAccounts(
      app.database,
      ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })),
    );
    app.database.$client.exec("UPDATE saas_users SET email = '' WHERE id <> 'sus_c'");

    const first = await app.send('GET', '/apps/app_webex/users?limit=3', { token });
    const { nextCursor, items } = first.json<Page<{ id: string }>>();
    const second = await app.send('GET', `/apps/app_webex/users?limit=3&cursor=${nextCursor}`, { token });

    const ids = [...items, ...second.json<Page<{ id: string }>>().items].map((user) => user.id);
    expect(ids).toEqual(['sus_a', 'sus_b', 'sus_d', 'sus_e', 'sus_c']);
  });
});

describe('fields', () => {
  test('get an external id from their label, once', async () => {
    const app = await buildTestApp();
    const token = await app.token('author');
    const body = { recordType: 'person', label: 'Badge Number', type: 'text' };

    const first = await app.send('POST', '/fields', { token, body });
    const second = await app.send('POST', '/fields', { token, body });

    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ externalId: 'badge_number', isBuiltIn: false });
    expect(second.statusCode).toBe(409);
  });

  test('cannot take the place of a built-in one', async () => {
    const app = await buildTestApp();
    const token = await app.token('author');

    const response = await app.send('POST', '/fields', {
      token,
      body: { recordType: 'person', label: 'E-mail', externalId: 'email', type: 'text' },
    });

    expect(response.statusCode).toBe(409);
  });
});
