import { describe, expect, test } from 'vitest';
import type { ApprovalView, GlobalVariableView, Issue, Workflow } from '#contract';
import { createGlobalVariableStore } from '../../server/store/global-variables.ts';
import type { TestApp } from '../support/build-app.ts';
import { buildTestApp } from '../support/build-app.ts';
import type { Signed } from '../support/operators.ts';
import {
  approve,
  buildTwoPersonsWorld,
  findWorkflow,
  graphWith,
  launch,
  type TwoPersonsWorld,
} from '../support/two-persons-world.ts';

const path = '/global-variables';
const name = 'Planhat.Company';
const one = (variable: string) => `${path}/${variable}`;

const valuesOf = async (app: TestApp, { cookie }: Pick<Signed, 'cookie'>) =>
  Object.fromEntries(
    (await app.send('GET', path, { cookie }))
      .json<{ items: GlobalVariableView[] }>()
      .items.map((each) => [each.name, each.value]),
  );
const auditOf = (app: TestApp) =>
  app.database.$client
    .prepare(`SELECT action, target, details FROM audit WHERE action LIKE '%global variable'`)
    .all();

describe('global variables', () => {
  test('are added, changed and removed by those who may launch, and the audit log says from what to what', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');
    const ask = (method: 'POST' | 'PATCH' | 'DELETE', at: string, body?: object) =>
      app.send(method, at, { token, body });

    const added = await ask('POST', path, { name: 'Zendesk.Subdomain', value: 'acme', note: 'Ours' });
    await ask('POST', path, { name: 'Salesforce.Version', value: 62 });
    const changed = await ask('PATCH', one('Zendesk.Subdomain'), { value: 'acme-eu' });
    const left = await ask('DELETE', one('Salesforce.Version'));

    expect(added.statusCode).toBe(201);
    expect(added.json().items).toEqual([
      {
        ...{ name: 'Zendesk.Subdomain', value: 'acme', note: 'Ours', uses: [], updatedBy: 'A admin' },
        updatedAt: new Date(app.clock.now()).toISOString(),
      },
    ]);
    expect(changed.json().items.map((each: GlobalVariableView) => [each.name, each.value])).toEqual([
      ['Salesforce.Version', 62],
      ['Zendesk.Subdomain', 'acme-eu'],
    ]);
    expect(left.json().items).toHaveLength(1);
    expect(auditOf(app)).toEqual([
      { action: 'add global variable', target: 'Zendesk.Subdomain', details: '{"after":"acme"}' },
      { action: 'add global variable', target: 'Salesforce.Version', details: '{"after":62}' },
      {
        action: 'change global variable',
        target: 'Zendesk.Subdomain',
        details: '{"before":"acme","after":"acme-eu"}',
      },
      { action: 'remove global variable', target: 'Salesforce.Version', details: '{"before":62}' },
    ]);
  });

  test.each([
    ['author', 403],
    ['operator', 403],
    ['approver', 403],
    ['admin', 201],
  ] as const)('an %s who adds one is answered %i, and may read them', async (role, status) => {
    const app = await buildTestApp();
    const token = await app.token(role);

    const added = await app.send('POST', path, { token, body: { name, value: 'acme' } });

    expect(added.statusCode).toBe(status);
    expect((await app.send('GET', path, { token })).statusCode).toBe(200);
  });

  test.each<[body: object, place: string, words: RegExp]>([
    [{ name: 'Subdomain', value: 'acme' }, 'name', /Vendor\.Key/],
    [{ name: 'Zendesk.Sub.Domain', value: 'acme' }, 'name', /Vendor\.Key/],
    [{ name: '__proto__.x', value: 'acme' }, 'name', /Vendor\.Key/],
    [{ name: 'Zendesk.API_Token', value: 'acme' }, 'name', /Keep secrets in a credential/],
    [{ name: 'Zendesk.Password', value: 'acme' }, 'name', /Keep secrets in a credential/],
    [{ name, value: ' ' }, 'value', /Enter a value/],
    [{ name, value: 'two\nlines' }, 'value', /one line/],
    [{ name, value: 'x'.repeat(1001) }, 'value', /1000/],
    [{ name, value: ['a'] }, 'value', /./],
  ])('%j is refused at its place, with what to do', async (body, place, words) => {
    const app = await buildTestApp();

    const refused = await app.send('POST', path, { token: await app.token('admin'), body });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().place).toContain(place);
    expect(refused.json().detail).toMatch(words);
  });

  test('a name is taken whatever its capitals, and one that is gone is not found', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');
    await app.send('POST', path, { token, body: { name, value: 'acme' } });

    const again = await app.send('POST', path, { token, body: { name: 'planhat.company', value: 'b' } });

    expect(again.json()).toMatchObject({ status: 409, place: 'name' });
    expect((await app.send('PATCH', one('No.Such'), { token, body: { value: 'b' } })).statusCode).toBe(404);
    expect((await app.send('DELETE', one('No.Such'), { token })).statusCode).toBe(404);
  });
});

interface GlobalWorld extends TwoPersonsWorld {
  change(value: string): ReturnType<TestApp['send']>;
  draftWith(method: string, url: string): Promise<Workflow>;
}

async function openWorld(): Promise<GlobalWorld> {
  const world = await buildTwoPersonsWorld();
  const { app, workflow, credentialId } = world;
  const { cookie } = world.one;
  await app.send('POST', path, { cookie, body: { name, value: 'co-1' } });
  return {
    ...world,
    change: (value) => app.send('PATCH', one(name), { cookie, body: { value } }),
    async draftWith(method, url) {
      const { revision } = await findWorkflow(app, world.one, workflow.id);
      const body = { revision, graph: graphWith(credentialId, method, url) };
      return (await app.send('PUT', `/workflows/${workflow.id}/draft`, { cookie, body })).json();
    },
  };
}

const url = `/endusers/{{GlobalSetting['${name}']}}`;
const agree = async ({ app, one: by, grace }: GlobalWorld, draft: Workflow) => {
  const { pendingApproval } = (await launch(app, by, draft)).json<Workflow>();
  return approve(app, pendingApproval?.id ?? '', grace);
};

describe('a workflow that uses a global variable', () => {
  test('is named beside it; one that it names cannot be removed', async () => {
    const world = await openWorld();
    await world.draftWith('GET', '/endusers/{{GlobalSetting.Planhat.Company}}');
    const { cookie } = world.one;

    const { items } = (await world.app.send('GET', path, { cookie })).json<{ items: GlobalVariableView[] }>();
    const refused = await world.app.send('DELETE', one(name), { cookie });

    expect(items[0]?.uses).toEqual([
      { id: world.workflow.id, name: 'Clean up', isActive: false, isHarmful: false },
    ]);
    expect(refused.json()).toMatchObject({ status: 409 });
    expect(refused.json().detail).toMatch(/used by the workflow “Clean up”/);
  });

  test('has an issue where it names one that is not there, or all at once', async () => {
    const world = await openWorld();
    const { cookie } = world.one;
    const issuesOf = async (of: string) => {
      await world.draftWith('GET', of);
      const reply = await world.app.send('GET', `/workflows/${world.workflow.id}/validation`, { cookie });
      return reply.json<{ issues: Issue[] }>().issues.map(({ block, message }) => `${block}: ${message}`);
    };

    expect(await issuesOf('/endusers/{{GlobalSetting.Planhat.Other}}')).toContainEqual(
      expect.stringMatching(/^call: There is no global variable “Planhat.Other”. Add it/),
    );
    expect(await issuesOf('/endusers/{{json GlobalSetting}}')).toContainEqual(
      expect.stringMatching(/^call: Say which global variable/),
    );
    expect((await issuesOf(url)).filter((issue) => issue.includes('global'))).toEqual([]);
  });

  test('is offered its names while a template is typed', async () => {
    const { app, one: by, workflow } = await openWorld();

    const reply = await app.send('GET', `/workflows/${workflow.id}/variables`, { cookie: by.cookie });

    expect(reply.json().items).toContainEqual({
      ...{ name: `GlobalSetting.${name}`, label: name, type: 'text', source: 'Global variable' },
    });
  });
});

describe('what a second person agreed to keeps its values', () => {
  test('while the version is active, nobody changes the variable; its note may change', async () => {
    const world = await openWorld();
    await agree(world, await world.draftWith('DELETE', url));

    const refused = await world.change('co-2');
    const noted = await world.app.send('PATCH', one(name), {
      ...{ cookie: world.one.cookie, body: { note: 'Ours', value: 'co-1' } },
    });

    expect(refused.json()).toMatchObject({ status: 409, place: 'value' });
    expect(refused.json().detail).toMatch(/“Clean up” takes something from people, and was agreed to/);
    expect(await valuesOf(world.app, world.one)).toEqual({ [name]: 'co-1' });
    expect(noted.statusCode).toBe(200);
  });

  test('after it is deactivated the value may change, and to launch again asks again', async () => {
    const world = await openWorld();
    const { app, one: by, workflow } = world;
    await agree(world, await world.draftWith('DELETE', url));
    await app.send('DELETE', `/workflows/${workflow.id}/activation`, { cookie: by.cookie });

    expect((await world.change('co-2')).statusCode).toBe(200);
    const launched = (await launch(app, by, await findWorkflow(app, by, workflow.id))).json<Workflow>();

    expect(launched).toMatchObject({ activeVersion: null, pendingApproval: { versionNumber: 2 } });
  });

  test('the request shows the values, and is no good once one of them was changed', async () => {
    const world = await openWorld();
    const { app, one: by, grace, workflow } = world;
    const draft = await world.draftWith('DELETE', url);
    const { pendingApproval } = (await launch(app, by, draft)).json<Workflow>();
    const id = pendingApproval?.id ?? '';
    const shown = (await app.send('GET', `/approvals/${id}`, { cookie: grace.cookie })).json<ApprovalView>();

    await world.change('co-2');
    const agreed = await approve(app, id, grace);

    expect(shown.subject).toMatchObject({ globals: { [name]: 'co-1' } });
    expect(agreed.statusCode).toBe(409);
    expect(await findWorkflow(app, by, workflow.id)).toMatchObject({ activeVersion: null });
  });

  test('what only reads takes the new value from its next run on', async () => {
    const world = await openWorld();
    await launch(world.app, world.one, await world.draftWith('GET', url));

    expect((await world.change('co-2')).statusCode).toBe(200);
  });
});

test('a change is not written where a workflow was launched after it was judged', async () => {
  const { app, change } = await openWorld();
  const store = createGlobalVariableStore(app.database);
  const stale = ['ver_of_before'];

  const written = store.write(name, { value: 'co-2', updatedAt: 1, updatedBy: 'Ada' }, stale);

  await expect(written).rejects.toMatchObject({ code: 'conflict' });
  await expect(store.write(name, null, stale)).rejects.toMatchObject({ code: 'conflict' });
  expect((await change('co-2')).statusCode).toBe(200);
});
