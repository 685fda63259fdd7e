import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ImportPlan, Workflow } from '#contract';
import { toWorkflowFileJsonSchema } from '#domain/workflow-file';
import { recipes } from '#presets';
import { apps } from '../../server/store/schema.ts';
import { partsFor } from '../support/recipe-parts.ts';
import { buildTwoPersonsWorld, graphWith } from '../support/two-persons-world.ts';

/** The world of two persons with an app and an integration of it. */
async function buildFileWorld() {
  const world = await buildTwoPersonsWorld();
  const { app, one, credentialId } = world;
  const { database } = app;
  database.insert(apps).values({ id: 'app_1', name: 'Webex', vendorId: 'webex', createdAt: 0 }).run();
  const made = await app.send('POST', '/integrations', {
    cookie: one.cookie,
    body: { vendorId: 'webex', name: 'Webex users' },
  });
  const integrationId = made.json<{ integration: { id: string } }>().integration.id;
  const send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    app.send(method, path, { cookie: one.cookie, ...(body && { body }) });
  const exported = async (id: string) => (await send('GET', `/workflows/${id}/export`)).body;
  const draw = async (name: string, records: object, graph: object): Promise<Workflow> => {
    const { id, revision } = (await send('POST', '/workflows', { name, records })).json<Workflow>();
    return (await send('PUT', `/workflows/${id}/draft`, { revision, graph })).json<Workflow>();
  };
  return { ...world, send, exported, draw, parts: { credentialId, integrationId, appId: 'app_1' } };
}

test.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
  'the recipe %s is the same to the byte after it was exported and imported',
  async (_id, recipe) => {
    const { send, exported, draw, parts } = await buildFileWorld();
    const { records, graph } = recipe.build(partsFor(recipe, parts));
    const { id } = await draw(recipe.title, records, graph);

    const first = await exported(id);
    const imported = await send('POST', '/workflows/import', JSON.parse(first));

    expect(imported.statusCode).toBe(201);
    expect(imported.json<Workflow>()).toMatchObject({ activeVersion: null, revision: 1 });
    expect(await exported(imported.json<Workflow>().id)).toBe(first);
    expect(first).not.toMatch(/(crd|int|app)_/);
    expect(first.split('\n').length).toBeGreaterThan(40);
  },
);

test('exports a version as it was, under a name that says which workflow it is', async () => {
  const { send, workflow } = await buildFileWorld();
  const { id, revision } = workflow;
  await send('PUT', `/workflows/${id}/activation`, { revision });
  const graph = graphWith('', 'GET', '/other');
  await send('PUT', `/workflows/${id}/draft`, { revision, graph });

  const reply = await send('GET', `/workflows/${id}/export?version=1`);

  expect(reply.headers['content-disposition']).toBe('attachment; filename="clean-up.json"');
  expect(reply.body).toContain('/endusers/1');
  expect((await send('GET', `/workflows/${id}/export?version=7`)).statusCode).toBe(404);
});

test('leaves secrets out that somebody wrote into a block', async () => {
  const { draw, exported, credentialId } = await buildFileWorld();
  const graph = graphWith(credentialId);
  const headers = [
    { key: 'X-Api-Key', value: 'hunter2' },
    { key: 'X-Trace', value: 'seen' },
    { key: 'X-Auth-Token', value: '{{badge}}' },
  ];
  Object.assign(graph.blocks[1]!.settings, { headers });

  const { id } = await draw('Secrets', { kind: 'people' }, graph);

  const text = await exported(id);
  expect(text).not.toContain('hunter2');
  expect(text).toContain('seen');
  expect(text).toContain('{{badge}}');
});

test('says what an import would make, lets another credential be chosen, and makes a draft', async () => {
  const { send, exported, workflow, app } = await buildFileWorld();
  const other = (
    await send('POST', '/credentials', {
      ...{ name: 'Planhat test', vendorId: 'planhat', kind: 'bearer', token: 'another token' },
    })
  ).json<{ credential: { id: string } }>().credential;
  const file = JSON.parse(await exported(workflow.id));
  file.graph.blocks.find((block: { id: string }) => block.id === 'call').settings.authorization.credentialId =
    'Not here';

  const plan = (await send('POST', '/workflows/import-plan', file)).json<ImportPlan>();
  expect(plan).toMatchObject({
    name: 'Clean up',
    isNameTaken: true,
    references: [{ kind: 'credential', name: 'Not here', chosen: '', blocks: ['Call'] }],
    harmful: [{ name: 'Call', does: 'delete', vendorId: 'planhat' }],
  });
  expect(plan.references[0]?.choices.map(({ name }) => name)).toEqual(['Planhat', 'Planhat test']);
  expect(plan.issues.some(({ block }) => block === 'call')).toBe(true);
  const before = app.database.$client.prepare('SELECT count(*) AS n FROM workflows').get();

  const choices = { credential: { 'Not here': other.id } };
  const chosen = (await send('POST', '/workflows/import-plan', { ...file, choices })).json<ImportPlan>();
  expect(chosen.issues).toEqual([]);
  expect(app.database.$client.prepare('SELECT count(*) AS n FROM workflows').get()).toEqual(before);

  const made = (await send('POST', '/workflows/import', { ...file, choices })).json<Workflow>();
  expect(made.draft.blocks.find(({ id }) => id === 'call')?.settings).toMatchObject({
    authorization: { credentialId: other.id },
  });
  expect(made.activeVersion).toBeNull();
  const wrong = { ...file, choices: { credential: { 'Not here': 'crd_none' } } };
  const refused = await send('POST', '/workflows/import', wrong);
  expect(refused.statusCode).toBe(400);
  expect(refused.json()).toMatchObject({ place: 'choices.credential' });
});

test('tells apps of one name apart, and asks for one where none fits', async () => {
  const { app, send, draw, exported } = await buildFileWorld();
  const twin = { id: 'app_2', name: 'Webex', vendorId: 'webex', createdAt: 1 };
  app.database.insert(apps).values(twin).run();
  const graph = graphWith('');
  const { id } = await draw('Of the twin', { kind: 'saas_users', appId: 'app_2' }, graph);

  const file = JSON.parse(await exported(id));
  expect(file.records).toEqual({ kind: 'saas_users', app: 'Webex (2)' });
  const back = (await send('POST', '/workflows/import', file)).json<Workflow>();
  expect(back.records).toEqual({ kind: 'saas_users', appId: 'app_2' });

  const lost = { ...file, records: { kind: 'saas_users', app: 'Gone' } };
  const refused = await send('POST', '/workflows/import', lost);
  expect(refused.json()).toMatchObject({ code: 'invalid', place: 'records.app' });
  const choices = { app: 'app_1' };
  const chosen = (await send('POST', '/workflows/import', { ...lost, choices })).json<Workflow>();
  expect(chosen.records).toEqual({ kind: 'saas_users', appId: 'app_1' });
});

test('an app within a condition or a template is named, and found by its name', async () => {
  const { app, send, draw, exported } = await buildFileWorld();
  const graph = graphWith('');
  const asks = (id: string) => ({
    condition: { match: 'all', rules: [{ field: 'app.id', operator: 'equals', value: id }] },
    variables: [{ name: 'kept', value: `{{map app.id "${id}" email "app_elsewhere" email ""}}` }],
  });
  Object.assign(graph.blocks[1]!.settings, asks('app_1'));
  const { id } = await draw('Asks', { kind: 'people' }, graph);

  const text = await exported(id);
  const file = JSON.parse(text);
  app.database.update(apps).set({ id: 'app_9' }).run();
  const moved = (await send('POST', '/workflows/import', file)).json<Workflow>();
  const broken = text.replaceAll('app:<Webex>', 'app:<%E0%A4%A>');
  const kept = (await send('POST', '/workflows/import', JSON.parse(broken))).json<Workflow>();

  expect(file.graph.blocks[1].settings).toMatchObject(asks('app:<Webex>'));
  expect(moved.draft.blocks[1]?.settings).toMatchObject(asks('app_9'));
  expect(kept.draft.blocks[1]?.settings).toMatchObject(asks('app:<%E0%A4%A>'));
});

test('an app that only blocks name is chosen like everything else, or stays open', async () => {
  const { send, draw, exported } = await buildFileWorld();
  const graph = graphWith('');
  const rules = (value: string) => ({
    condition: { match: 'all', rules: [{ field: 'app.id', operator: 'equals', value }] },
  });
  Object.assign(graph.blocks[1]!.settings, rules('app_1'));
  const { id } = await draw('Asks', { kind: 'people' }, graph);
  const file = JSON.parse((await exported(id)).replaceAll('app:<Webex>', 'app:<Gone>'));

  const plan = (await send('POST', '/workflows/import-plan', file)).json<ImportPlan>();
  const open = (await send('POST', '/workflows/import', file)).json<Workflow>();
  const choices = { apps: { Gone: 'app_1' } };
  const chosen = (await send('POST', '/workflows/import', { ...file, choices })).json<Workflow>();
  const wrong = { ...file, choices: { apps: { Gone: 'app_none' } } };
  const refused = await send('POST', '/workflows/import', wrong);

  const app = plan.references.find(({ kind }) => kind === 'app');
  expect(app).toMatchObject({ name: 'Gone', chosen: '', blocks: [graph.blocks[1]!.name] });
  expect(open.draft.blocks[1]?.settings).toMatchObject(rules('app:<Gone>'));
  expect(chosen.draft.blocks[1]?.settings).toMatchObject(rules('app_1'));
  expect(refused.json()).toMatchObject({ code: 'invalid', place: 'choices.apps' });
});

test('describes the file by a JSON Schema, which docs/schemas has, too', async () => {
  const { send } = await buildFileWorld();

  const served = await send('GET', '/schemas/rollcall-workflow-1.json');

  expect(served.json()).toMatchObject({ title: 'rollcall-workflow/1', type: 'object' });
  const kept = JSON.parse(readFileSync('docs/schemas/rollcall-workflow-1.json', 'utf8'));
  expect(kept, 'made by `npx rollcall docs --workflow-schema`').toEqual(toWorkflowFileJsonSchema());
  expect(served.json()).toEqual(kept);
});
