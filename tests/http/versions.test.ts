import { expect, test } from 'vitest';
import type { Version, VersionSummary, Workflow, WorkflowDifference } from '#contract';
import { addOperator } from '../support/operators.ts';
import {
  approve,
  buildTwoPersonsWorld,
  findWorkflow,
  graphWith,
  launch,
  type TwoPersonsWorld,
} from '../support/two-persons-world.ts';

const readUsers = (world: TwoPersonsWorld, url: string) => graphWith(world.credentialId, 'GET', url);

/** The workflow with two versions that only read. */
async function withVersions(urls = ['/endusers', '/users']) {
  const world = await buildTwoPersonsWorld();
  const { app, one } = world;
  const path = `/workflows/${world.workflow.id}`;
  for (const url of urls) {
    const { revision } = await findWorkflow(app, one, world.workflow.id);
    const body = { revision, graph: readUsers(world, url) };
    await app.send('PUT', `${path}/draft`, { cookie: one.cookie, body });
    await launch(app, one, await findWorkflow(app, one, world.workflow.id));
  }
  const list = async () =>
    (await app.send('GET', `${path}/versions`, { cookie: one.cookie })).json<{ items: VersionSummary[] }>()
      .items;
  return { ...world, path, list };
}

test('lists versions with author, note and state, the newest first', async () => {
  const { list } = await withVersions();

  expect(await list()).toMatchObject([
    { number: 2, state: 'active', author: 'Ada Lovelace', note: '' },
    { number: 1, state: 'past' },
  ]);
});

test('says of a version that a second person has to agree to it', async () => {
  const world = await withVersions(['/endusers']);
  const { app, one, path, workflow } = world;
  const { revision } = await findWorkflow(app, one, workflow.id);
  const body = { revision, graph: graphWith(world.credentialId) };
  await app.send('PUT', `${path}/draft`, { cookie: one.cookie, body });

  await launch(app, one, await findWorkflow(app, one, workflow.id));

  expect((await world.list()).map(({ number, state }) => [number, state])).toEqual([
    [2, 'waiting'],
    [1, 'active'],
  ]);
});

test('compares two versions, or one with the draft, in words', async () => {
  const { app, one, path } = await withVersions();

  const reply = await app.send('GET', `${path}/difference?from=1&to=2`, { cookie: one.cookie });
  const same = await app.send('GET', `${path}/difference?from=2`, { cookie: one.cookie });
  const none = await app.send('GET', `${path}/difference?from=9&to=draft`, { cookie: one.cookie });

  const difference = reply.json<WorkflowDifference>();
  expect(difference).toMatchObject({
    from: { number: 1 },
    to: { number: 2 },
    blocks: [
      { id: 'call', kind: 'changed', changes: [{ label: 'URL', before: '/endusers', after: '/users' }] },
    ],
    sentences: ['“Call”: URL was “/endusers” and is “/users”.'],
  });
  expect(same.json<WorkflowDifference>()).toMatchObject({ to: { number: null }, sentences: [] });
  expect(none.statusCode).toBe(404);
});

test('restores a version as the draft, launches nothing, and overwrites nobody', async () => {
  const { app, one, path, workflow } = await withVersions();
  const { revision } = await findWorkflow(app, one, workflow.id);
  const restore = (body: object) =>
    app.send('POST', `${path}/versions/1/restoration`, { cookie: one.cookie, body });

  const late = await restore({ revision: revision - 1 });
  const restored = (await restore({ revision })).json<Workflow>();

  expect(late.statusCode).toBe(409);
  expect(late.json()).toMatchObject({ code: 'conflict' });
  const first = await app.send('GET', `${path}/versions/1`, { cookie: one.cookie });
  expect(restored.draft).toEqual(first.json<Version>().graph);
  expect(restored).toMatchObject({ activeVersion: { number: 2 }, isLaunched: false, revision: revision + 1 });
});

test('copies the draft or a version into a workflow of its own that is not active', async () => {
  const { app, one, path, workflow } = await withVersions();
  const copy = async (body: object) =>
    (await app.send('POST', `${path}/copies`, { cookie: one.cookie, body })).json<Workflow>();

  const ofDraft = await copy({});
  const ofVersion = await copy({ name: 'The first one', version: 1 });

  expect(ofDraft).toMatchObject({ name: 'Copy of Clean up', activeVersion: null, revision: 1 });
  expect(ofDraft.id).not.toBe(workflow.id);
  expect(ofVersion.name).toBe('The first one');
  expect(ofVersion.draft).not.toEqual(ofDraft.draft);
});

test('whoever drew what is restored or copied is no second person for it', async () => {
  const world = await buildTwoPersonsWorld();
  const { app, one, grace, workflow } = world;
  const bob = await addOperator(app, 'Bob', 'admin');
  const { pendingApproval } = (await launch(app, one, workflow)).json<Workflow>();
  await approve(app, pendingApproval?.id ?? '', grace);

  const copied = await app.send('POST', `/workflows/${workflow.id}/copies`, { cookie: bob.cookie, body: {} });
  const asked = (await launch(app, bob, copied.json<Workflow>())).json<Workflow>();
  const byAuthor = await approve(app, asked.pendingApproval?.id ?? '', one);

  expect(byAuthor.statusCode).toBe(403);
  expect((await approve(app, asked.pendingApproval?.id ?? '', grace)).statusCode).toBe(200);
});

test('only authors restore and copy, and it is written down who did', async () => {
  const { app, one, path, workflow } = await withVersions();
  const viewer = await app.token('viewer');
  const { revision } = await findWorkflow(app, one, workflow.id);

  const refused = await Promise.all([
    app.send('POST', `${path}/copies`, { token: viewer, body: {} }),
    app.send('POST', `${path}/versions/1/restoration`, { token: viewer, body: { revision } }),
  ]);
  expect(refused.map((reply) => reply.statusCode)).toEqual([403, 403]);

  await app.send('POST', `${path}/copies`, { cookie: one.cookie, body: {} });
  await app.send('POST', `${path}/versions/1/restoration`, { cookie: one.cookie, body: { revision } });

  const read = app.database.$client.prepare(
    "SELECT actor, action, target FROM audit WHERE action LIKE '%copies' OR action LIKE '%restoration'",
  );
  await expect.poll(() => read.all().length).toBe(2);
  expect(read.all()).toMatchObject([
    { action: 'POST /workflows/:id/copies', target: workflow.id, actor: expect.stringContaining(one.name) },
    { action: 'POST /workflows/:id/versions/:number/restoration', target: `${workflow.id}/1` },
  ]);
});
