import { describe, expect, test } from 'vitest';
import type { ConditionGroup, Page, Person, Rule, SaasUser } from '#contract';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts } from '../support/engine-world.ts';

const people = ['ada', 'bob', 'Grace', 'linus', 'zoe'];

/** Five people; Ada and Grace have a floor, all but Zoe a badge number. */
async function openLists(): Promise<{ app: TestApp; token: string }> {
  const app = await buildTestApp();
  const token = await app.token('author');
  for (const [label, type] of [
    ['Floor', 'number'],
    ['Team', 'text'],
  ]) {
    await app.send('POST', '/fields', { token, body: { recordType: 'person', label, type } });
    await app.send('POST', '/fields', { token, body: { recordType: 'saas_user', label, type } });
  }
  addAccounts(
    app.database,
    people.map((name) => ({ name })),
  );
  const put = (name: string, fields: object) => {
    for (const [table, id] of [
      ['people', `per_${name}`],
      ['saas_users', `sus_${name}`],
    ])
      app.database.$client
        .prepare(`UPDATE ${table} SET fields = ? WHERE id = ?`)
        .run(JSON.stringify(fields), id);
  };
  put('ada', { floor: 10, team: 'Payroll' });
  put('bob', { floor: 2, team: 'payroll' });
  put('Grace', { floor: null, team: 'Compilers, "old"' });
  put('linus', { floor: 2, team: '=HYPERLINK("http://evil.test")' });
  return { app, token };
}

const filterOf = (match: ConditionGroup['match'], ...rules: (Rule | ConditionGroup)[]) =>
  `filter=${encodeURIComponent(JSON.stringify({ match, rules }))}`;

const namesOf = (page: Page<Person> | Page<SaasUser>) => page.items.map(({ id }) => id.slice(4));

async function readAll(app: TestApp, token: string, path: string): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: Page<Person> = (await app.send('GET', `${path}&limit=2${more}`, { token })).json();
    seen.push(...namesOf(page));
    cursor = page.nextCursor;
  }
  return seen;
}

describe.each(['/people', '/apps/app_webex/users'])('%s', (path) => {
  test.each([
    ['email', ['ada', 'bob', 'Grace', 'linus', 'zoe']],
    ['-email', ['zoe', 'linus', 'Grace', 'bob', 'ada']],
    ['floor', ['bob', 'linus', 'ada', 'Grace', 'zoe']],
    ['-floor', ['ada', 'linus', 'bob', 'zoe', 'Grace']],
    ['team', ['linus', 'Grace', 'ada', 'bob', 'zoe']],
  ])('comes page by page in the order of %s, those without a value last', async (sort, order) => {
    const { app, token } = await openLists();

    expect(await readAll(app, token, `${path}?sort=${sort}`)).toEqual(order);
  });

  test.each([
    [filterOf('all', { field: 'floor', operator: 'at_most', value: 2 }), ['bob', 'linus']],
    [filterOf('all', { field: 'team', operator: 'equals', value: 'PAYROLL' }), ['ada', 'bob']],
    [
      filterOf('all', { field: 'team', operator: 'is_not_empty' }, { field: 'floor', operator: 'is_empty' }),
      ['Grace'],
    ],
    [
      filterOf(
        'any',
        { field: 'email', operator: 'begins_with', value: 'zoe' },
        {
          match: 'all',
          rules: [
            { field: 'team', operator: 'contains', value: 'pay' },
            { field: 'floor', operator: 'greater_than', value: 2 },
          ],
        },
      ),
      ['ada', 'zoe'],
    ],
    [filterOf('all', { field: 'team', operator: 'contains', value: "' OR 1=1 --" }), []],
  ])('keeps to the filter %s', async (filter, found) => {
    const { app, token } = await openLists();

    const page: Page<Person> = (await app.send('GET', `${path}?${filter}`, { token })).json();

    expect(namesOf(page)).toEqual(found);
    expect(page.total).toBe(found.length);
  });

  test.each([
    ['filter=x', 'filter'],
    [filterOf('all', { field: 'salary', operator: 'is_empty' }), 'filter'],
    [filterOf('all', { field: 'floor', operator: 'begins_with' }), 'filter'],
    [filterOf('all', { field: "x') OR 1=1 --", operator: 'is_empty' }), 'filter'],
    ['sort=salary', 'sort'],
    ['sort=email%20DESC', 'sort'],
  ])('refuses %s', async (query, place) => {
    const { app, token } = await openLists();

    const response = await app.send('GET', `${path}?${query}`, { token });

    expect(response.statusCode).toBe(400);
    expect(response.json<{ place: string }>().place).toBe(place);
  });

  test('refuses a cursor of another order', async () => {
    const { app, token } = await openLists();

    const page: Page<Person> = (await app.send('GET', `${path}?limit=2&sort=floor`, { token })).json();
    const response = await app.send('GET', `${path}?sort=email&cursor=${page.nextCursor}`, { token });

    expect(response.statusCode).toBe(400);
  });

  test('is a file that no spreadsheet calculates', async () => {
    const { app, token } = await openLists();

    const filter = filterOf('all', { field: 'team', operator: 'is_not_empty' });
    const response = await app.send('GET', `${path}.csv?${filter}&sort=-email&columns=email,floor,team`, {
      token,
    });

    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
    expect(response.body).toBe(
      [
        '\uFEFF"Email","Floor","Team"',
        '"linus@acme.test","2","\'=HYPERLINK(""http://evil.test"")"',
        '"Grace@acme.test","","Compilers, ""old"""',
        '"bob@acme.test","2","payroll"',
        '"ada@acme.test","10","Payroll"',
        '',
      ].join('\r\n'),
    );
  });

  test('has every field as a column of its file', async () => {
    const { app, token } = await openLists();

    const [header = ''] = (await app.send('GET', `${path}.csv`, { token })).body.split('\r\n');

    expect(header).toMatch(/"Status".*"Floor","Team"/);
    expect((await app.send('GET', `${path}.csv?columns=salary`, { token })).statusCode).toBe(400);
  });
});

test('a file holds every record once, however many there are', async () => {
  const app = await buildTestApp();
  const token = await app.token('viewer');
  app.database.$client.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2345)
    INSERT INTO people (id, username, email, first_name, last_name, role, status, fields, created_at, updated_at)
    SELECT 'per_' || i, 'u' || i, i % 7 || '@acme.test', '', '', 'Employee', 'active', '{}', 0, 0 FROM n`);

  const { body } = await app.send('GET', '/people.csv?columns=username&sort=email', { token });

  const lines = body.trimEnd().split('\r\n').slice(1);
  expect([lines.length, new Set(lines).size]).toEqual([2345, 2345]);
});

test('an account without a person is found by that', async () => {
  const { app, token } = await openLists();
  app.database.$client.exec("UPDATE saas_users SET person_id = NULL WHERE id = 'sus_bob'");

  const filter = filterOf('all', { field: 'record.person', operator: 'is_empty' });
  const page: Page<SaasUser> = (await app.send('GET', `/apps/app_webex/users?${filter}`, { token })).json();

  expect(namesOf(page)).toEqual(['bob']);
});

test('a person is found by the id that an app has for them, and by letters beyond A to Z', async () => {
  const { app, token } = await openLists();
  app.database.$client.exec(`
    INSERT INTO unique_values (external_id, value, person_id) VALUES ('webex_user_id', 'wx-ada', 'per_ada');
    UPDATE people SET last_name = 'Éclair' WHERE id = 'per_zoe';
  `);

  const byId: Page<Person> = (await app.send('GET', '/people?search=WX-ada', { token })).json();
  const byName: Page<Person> = (
    await app.send('GET', `/people?search=${encodeURIComponent('ÉCLAIR')}`, { token })
  ).json();

  expect([namesOf(byId), namesOf(byName)]).toEqual([['ada'], ['zoe']]);
});

test('the default orders are read from an index, without sorting', async () => {
  const { app } = await openLists();
  const plan = (query: string) =>
    app.database.$client
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
      .all()
      .map(({ detail }) => detail)
      .join('; ');

  const people = plan(
    `SELECT * FROM people WHERE +status = 'active'
     AND (lower(email), id) > ('m', 'x') ORDER BY lower(email), id LIMIT 51`,
  );
  expect(people).toContain('people_email');
  expect(people).not.toContain('TEMP B-TREE');
  const users = plan(
    `SELECT * FROM saas_users WHERE app_id = 'a' AND +is_deactivated = 0
     AND (lower(email), id) > ('m', 'x') ORDER BY lower(email), id LIMIT 51`,
  );
  expect(users).toContain('saas_users_email');
  expect(users).not.toContain('TEMP B-TREE');
});
