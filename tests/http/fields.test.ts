import { describe, expect, test } from 'vitest';
import type { Field, FieldDetails, Page, Person, Problem } from '#contract';
import { builtInFields } from '#domain/field';
import { integrations } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';

async function openFields() {
  const app = await buildTestApp();
  const token = await app.token('author');
  const send: (...call: [Parameters<TestApp['send']>[0], string, unknown?]) => ReturnType<TestApp['send']> = (
    method,
    path,
    body,
  ) => app.send(method, path, { token, body });
  const add = async (field: object): Promise<Field> =>
    (await send('POST', '/fields', { recordType: 'person', type: 'text', ...field })).json();
  return { app, send, add };
}

/** An integration that fills the field, by rows as a mapping has them. */
function addMapping(app: TestApp, externalId: string, syncKey: number | null): void {
  const target = { recordType: 'person', externalId };
  app.database
    .insert(integrations)
    .values({
      id: 'int_1',
      name: 'Webex of Acme',
      vendorId: 'webex',
      mode: 'user',
      preference: 'create_and_update',
      mapping: { rows: [{ source: { kind: 'field', key: 'email' }, target, syncKey }] },
      status: 'draft',
      createdAt: 0,
      updatedAt: 0,
    })
    .run();
}

describe('a field', () => {
  test.each(['run', 'steps', 'person', 'saas_user', 'response', 'input', 'this', 'else'])(
    'cannot be called %s, which templates know already',
    async (externalId) => {
      const { send } = await openFields();

      const body = { recordType: 'person', label: 'A field', externalId, type: 'text' };
      const answer = await send('POST', '/fields', body);

      expect(answer.statusCode).toBe(400);
      expect(answer.json<Problem>()).toMatchObject({ place: 'externalId' });
    },
  );

  test.each([
    ['saas_user', 'text', /Only fields of people can be unique/],
    ['person', 'list', /cannot be unique/],
  ])('of %s and type %s cannot be unique', async (recordType, type, reason) => {
    const { send } = await openFields();

    const answer = await send('POST', '/fields', { recordType, label: 'Badge', type, isUnique: true });

    expect(answer.statusCode).toBe(400);
    expect(answer.json<Problem>().detail).toMatch(reason);
  });

  test('gets another label, help and choices; its type and external id stay', async () => {
    const { send, add } = await openFields();
    const { id } = await add({ label: 'Site', type: 'choice', choices: ['Berlin'] });

    const change = { label: 'Office', help: 'Where they sit', choices: ['Berlin', 'Oslo'] };
    const answer = await send('PATCH', `/fields/${id}`, change);

    expect(answer.json<FieldDetails>().field).toMatchObject({
      ...change,
      externalId: 'site',
      type: 'choice',
    });
    expect((await send('PATCH', `/fields/${id}`, { type: 'text' })).statusCode).toBe(400);
  });

  test('of another type has no choices', async () => {
    const { send, add } = await openFields();
    const { id } = await add({ label: 'Badge' });

    expect((await send('PATCH', `/fields/${id}`, { choices: ['A'] })).json<Problem>().place).toBe('choices');
    expect((await send('PATCH', `/fields/${id}`, { label: 'Card', choices: [] })).statusCode).toBe(200);
  });

  test('becomes unique only where no two people share a value, and names those who do', async () => {
    const { app, send, add } = await openFields();
    const { id } = await add({ label: 'Badge' });
    addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }, { name: 'linus' }]);
    const put = app.database.$client.prepare('UPDATE people SET fields = ? WHERE id = ?');
    put.run('{"badge":"A1"}', 'per_ada');
    put.run('{"badge":" a1"}', 'per_grace');
    put.run('{"badge":"A2"}', 'per_linus');

    const refused = await send('PATCH', `/fields/${id}`, { isUnique: true });
    put.run('{"badge":"A3"}', 'per_grace');
    const allowed = await send('PATCH', `/fields/${id}`, { isUnique: true });

    expect(refused.statusCode).toBe(409);
    expect(refused.json<Problem>().detail).toContain('"A1" (ada@acme.test, grace@acme.test)');
    expect(allowed.json<FieldDetails>().field.isUnique).toBe(true);
    const found: Page<Person> = (await send('GET', '/people?search=a3')).json();
    expect(found.items.map((person) => person.id)).toEqual(['per_grace']);
    const taken = await send('PATCH', '/people/per_ada', { values: { badge: 'a2' } });
    expect(taken.statusCode).toBe(409);
  });

  test('stays unique while it is a sync key', async () => {
    const { app, send, add } = await openFields();
    const { id } = await add({ label: 'Badge', isUnique: true });
    addMapping(app, 'badge', 1);

    const answer = await send('PATCH', `/fields/${id}`, { isUnique: false });

    expect(answer.statusCode).toBe(409);
    expect(answer.json<Problem>().detail).toContain('Webex of Acme');
  });

  test('that a mapping fills is not removed', async () => {
    const { app, send, add } = await openFields();
    const { id } = await add({ label: 'Badge' });
    addMapping(app, 'badge', null);

    const { uses } = (await send('GET', `/fields/${id}`)).json<FieldDetails>();
    const answer = await send('DELETE', `/fields/${id}`);

    expect(uses).toEqual([{ kind: 'integration', id: 'int_1', name: 'Webex of Acme', isSyncKey: false }]);
    expect(answer.statusCode).toBe(409);
    expect(answer.json<Problem>().detail).toContain('the mapping of "Webex of Acme"');
  });

  test.each([
    ['a template', 'api', { method: 'GET', url: '/people/{{badge}}' }],
    ['a template with a prefix', 'api', { method: 'GET', url: '/people/{{person.badge}}' }],
    ['another spelling', 'api', { method: 'GET', url: '/people/<<badge>>' }],
    ['a rule', 'if', { condition: { match: 'all', rules: [{ field: 'badge', operator: 'is_empty' }] } }],
    [
      'an assignment',
      'update-record',
      { assignments: [{ target: { kind: 'person', name: 'badge' }, value: 'x' }] },
    ],
  ])('that %s of a workflow names is not removed', async (_what, type, settings) => {
    const { app, send, add } = await openFields();
    addAccounts(app.database, []);
    const { id } = await add({ label: 'Badge' });
    const other = await add({ label: 'Badge colour' });
    const graph = aGraph({ begin: ['begin'], one: [type, settings] }, ['begin.next > one']);
    addWorkflow(app.database, graph);

    const answer = await send('DELETE', `/fields/${id}`);

    expect(answer.statusCode).toBe(409);
    expect(answer.json<Problem>().detail).toContain('the workflow "Clean-up"');
    expect((await send('DELETE', `/fields/${other.id}`)).statusCode).toBe(204);
  });

  test('that is removed takes its values along, and keeps their history', async () => {
    const { app, send, add } = await openFields();
    const { id } = await add({ label: 'Badge', isUnique: true });
    addAccounts(app.database, [{ name: 'ada' }]);
    await send('PATCH', '/people/per_ada', { values: { badge: 'A1' } });

    expect((await send('GET', `/fields/${id}`)).json<FieldDetails>().values).toBe(1);
    expect((await send('DELETE', `/fields/${id}`)).statusCode).toBe(204);

    const { person, history } = (await send('GET', '/people/per_ada')).json();
    expect(person.fields).toEqual({ webex_user_id: 'wx-ada' });
    expect(history).toMatchObject([{ field: 'badge', before: null, after: 'A1' }]);
    await add({ label: 'Badge', isUnique: true });
    expect((await send('PATCH', '/people/per_ada', { values: { badge: 'A1' } })).statusCode).toBe(200);
  });

  test('that is built in is neither changed nor removed', async () => {
    const { send } = await openFields();
    const { id } = builtInFields[0]!;

    expect((await send('PATCH', `/fields/${id}`, { label: 'Login' })).statusCode).toBe(409);
    expect((await send('DELETE', `/fields/${id}`)).statusCode).toBe(409);
    expect((await send('GET', '/fields/none')).statusCode).toBe(404);
  });
});
