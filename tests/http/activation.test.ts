import { expect, test } from 'vitest';
import type { ApprovalView, Graph, Version, Workflow } from '#contract';
import {
  approve,
  buildTwoPersonsWorld,
  findWorkflow,
  graphWith,
  launch,
  type TwoPersonsWorld,
} from '../support/two-persons-world.ts';

async function saveDraft({ app, one, workflow }: TwoPersonsWorld, graph: Graph): Promise<Workflow> {
  const { id } = workflow;
  const { revision } = await findWorkflow(app, one, id);
  const body = { revision, graph };
  return (await app.send('PUT', `/workflows/${id}/draft`, { cookie: one.cookie, body })).json();
}

test('a version that deletes is active when a second person has agreed to it', async () => {
  const { app, one, grace, workflow } = await buildTwoPersonsWorld();

  const launched = (await launch(app, one, workflow)).json<Workflow>();
  expect(launched).toMatchObject({ activeVersion: null, isLaunched: false });
  const { id = '', ...pending } = launched.pendingApproval ?? {};
  expect(pending).toEqual({ versionNumber: 1, requestedByName: one.name, coolsUntil: null });
  const runs = await app.send('POST', `/workflows/${workflow.id}/runs`, { cookie: one.cookie, body: {} });
  expect(runs.statusCode).toBe(409);
  const seen = (await app.send('GET', `/approvals/${id}`, { cookie: grace.cookie })).json<ApprovalView>();
  expect(seen.subject).toMatchObject({
    name: 'Clean up',
    number: 1,
    harmful: [{ name: 'Call', does: 'delete' }],
  });

  expect((await approve(app, id, grace)).json()).toMatchObject({ status: 'used' });
  expect(await findWorkflow(app, one, workflow.id)).toMatchObject({
    activeVersion: { number: 1 },
    pendingApproval: null,
    isLaunched: true,
  });
});

test('a version that only reads is active at once', async () => {
  const world = await buildTwoPersonsWorld();
  const draft = await saveDraft(world, graphWith(world.credentialId, 'GET', '/endusers'));

  const launched = await launch(world.app, world.one, draft);

  expect(launched.json()).toMatchObject({ activeVersion: { number: 1 }, pendingApproval: null });
});

test('what becomes active is the version that was shown, not the draft of today', async () => {
  const world = await buildTwoPersonsWorld();
  const { app, one, grace, workflow } = world;
  const { pendingApproval } = (await launch(app, one, workflow)).json<Workflow>();
  await saveDraft(world, graphWith(world.credentialId, 'DELETE', '/endusers/all'));

  await approve(app, pendingApproval?.id ?? '', grace);

  const after = await findWorkflow(app, one, workflow.id);
  expect(after).toMatchObject({ activeVersion: { number: 1 }, isLaunched: false });
  const version = await app.send('GET', `/workflows/${workflow.id}/versions/1`, { cookie: one.cookie });
  expect(version.json<Version>().graph).toEqual(workflow.draft);
});

test('a newer version takes the place of one that waits', async () => {
  const world = await buildTwoPersonsWorld();
  const { app, one, grace, workflow } = world;
  const first = (await launch(app, one, workflow)).json<Workflow>().pendingApproval;
  const draft = await saveDraft(world, graphWith(world.credentialId, 'DELETE', '/endusers/2'));
  const second = (await launch(app, one, draft)).json<Workflow>().pendingApproval;

  expect((await approve(app, first?.id ?? '', grace)).statusCode).toBe(409);
  expect((await approve(app, second?.id ?? '', grace)).statusCode).toBe(200);
  expect(await findWorkflow(app, one, workflow.id)).toMatchObject({ activeVersion: { number: 2 } });
});

test('a workflow that is deactivated has nothing that waits', async () => {
  const { app, one, grace, workflow } = await buildTwoPersonsWorld();
  const { pendingApproval } = (await launch(app, one, workflow)).json<Workflow>();

  await app.send('DELETE', `/workflows/${workflow.id}/activation`, { cookie: one.cookie });

  expect((await approve(app, pendingApproval?.id ?? '', grace)).statusCode).toBe(409);
  expect(await findWorkflow(app, one, workflow.id)).toMatchObject({ activeVersion: null });
});
