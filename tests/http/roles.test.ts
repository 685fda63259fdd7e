import { describe, expect, test } from 'vitest';
import type { MappingVersion, Page, PersonDetails, PersonRole, Problem } from '#contract';
import { integrations } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts } from '../support/engine-world.ts';

type Roles = { items: PersonRole[] };

async function openRoles() {
  const app = await buildTestApp();
  const token = await app.token('author');
  addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }]);
  const send: (...call: [Parameters<TestApp['send']>[0], string, unknown?]) => ReturnType<TestApp['send']> = (
    method,
    path,
    body,
  ) => app.send(method, path, { token, body });
  const give = (name: string, role: string) =>
    app.database.$client.prepare('UPDATE people SET role = ? WHERE id = ?').run(role, `per_${name}`);
  const names = async () => (await send('GET', '/roles')).json<Roles>().items.map(({ name }) => name);
  return { app, send, give, names };
}

function addMapping(app: TestApp): void {
  const target = { recordType: 'person', externalId: 'role' };
  const name = { recordType: 'person', externalId: 'last_name' };
  app.database
    .insert(integrations)
    .values({
      id: 'int_1',
      name: 'Webex of Acme',
      vendorId: 'webex',
      mode: 'user',
      preference: 'create_and_update',
      mapping: {
        rows: [
          { source: { kind: 'constant', value: 'Guest' }, target, syncKey: null },
          { source: { kind: 'constant', value: 'Guest' }, target: name, syncKey: null },
        ],
      },
      status: 'draft',
      createdAt: 0,
      updatedAt: 0,
    })
    .run();
}

describe('roles of people', () => {
  test('are those that were listed, those that people have, and Employee', async () => {
    const { send, give } = await openRoles();
    give('ada', 'Contractor');
    give('grace', 'Contractor');

    const { items } = (await send('POST', '/roles', { name: 'Guest' })).json<Roles>();

    expect(items.map(({ name, people, isBuiltIn }) => [name, people, isBuiltIn])).toEqual([
      ['Contractor', 2, false],
      ['Employee', 0, true],
      ['Guest', 0, false],
    ]);
  });

  test('are named once, whatever their capitals', async () => {
    const { send } = await openRoles();

    const answer = await send('POST', '/roles', { name: 'employee' });

    expect(answer.statusCode).toBe(409);
    expect(answer.json<Problem>()).toMatchObject({ place: 'name' });
  });

  test('take people and mappings along when they get another name, with a history', async () => {
    const { app, send, give, names } = await openRoles();
    give('ada', 'Guest');
    addMapping(app);

    const answer = await send('PATCH', '/roles/Guest', { name: 'Visitor / external' });

    expect(answer.statusCode).toBe(200);
    expect(await names()).toEqual(['Employee', 'Visitor / external']);
    const ada = (await send('GET', '/people/per_ada')).json<PersonDetails>();
    expect(ada.person.role).toBe('Visitor / external');
    expect(ada.history).toMatchObject([
      { field: 'role', before: 'Guest', after: 'Visitor / external', cause: { kind: 'api' } },
    ]);
    const [row] = app.database.select().from(integrations).all();
    expect(row?.mapping).toMatchObject({
      rows: [{ source: { value: 'Visitor / external' } }, { source: { value: 'Guest' } }],
    });
    expect((await send('DELETE', '/roles/Visitor%20%2F%20external?replacement=Employee')).statusCode).toBe(
      200,
    );
    const versions = await send('GET', '/integrations/int_1/mapping-versions');
    const { items } = versions.json<Page<MappingVersion>>();
    expect(items.map(({ savedBy, note }) => [savedBy, note])).toEqual([
      ['A author', 'Role "Visitor / external" is "Employee" now.'],
      ['A author', 'Role "Guest" is "Visitor / external" now.'],
    ]);
  });

  test('are removed only with a replacement for those who have them', async () => {
    const { app, send, give, names } = await openRoles();
    await send('POST', '/roles', { name: 'Guest' });
    give('ada', 'Guest');
    addMapping(app);

    const refused = await send('DELETE', '/roles/Guest');
    const wrong = await send('DELETE', '/roles/Guest?replacement=Nobody');
    await send('DELETE', '/roles/Guest?replacement=Employee');

    expect(refused.statusCode).toBe(409);
    expect(refused.json<Problem>().detail).toMatch(/1 person and the mapping of "Webex of Acme" have/);
    expect(wrong.statusCode).toBe(400);
    expect(await names()).toEqual(['Employee']);
    expect((await send('GET', '/people/per_ada')).json<PersonDetails>().person.role).toBe('Employee');
  });

  test('are removed at once when nobody has them, but for Employee', async () => {
    const { send, names } = await openRoles();
    await send('POST', '/roles', { name: 'Guest' });

    expect((await send('DELETE', '/roles/Guest')).statusCode).toBe(200);
    expect((await send('DELETE', '/roles/Employee?replacement=Guest')).statusCode).toBe(409);
    expect((await send('PATCH', '/roles/Employee', { name: 'Staff' })).statusCode).toBe(409);
    expect((await send('DELETE', '/roles/Guest')).statusCode).toBe(404);
    expect(await names()).toEqual(['Employee']);
  });
});
