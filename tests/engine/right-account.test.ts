import { describe, expect, it } from 'vitest';
import { settingsFromPreset } from '#domain/api-settings';
import { isFinished } from '#domain/run';
import { vendors } from '#presets';
import { apps, fields, people, saasUsers } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';

function preset(vendorId: string, presetId: string) {
  const vendor = vendors.find(({ id }) => id === vendorId)!;
  const found = vendor.presets.find(({ id }) => id === presetId)!;
  return settingsFromPreset(vendor, found, 'crd_1') as unknown as Record<string, unknown>;
}

const marked: [string, object] = ['update-record', { setStatus: 'deactivated', assignments: [] }];
const removal = aGraph(
  {
    begin: ['begin'],
    remove: ['api', preset('webex', 'delete-user')],
    mark: marked as [string, Record<string, unknown>],
  },
  ['begin.next > remove', 'remove.success > mark'],
);

const notThere = answer(404, { message: 'not found', trackingId: 'T1' });
const ada = (id: string) => answer(200, { id, emails: ['ada@acme.test'], roles: [] });
/** Both accounts are there, with one address. */
const both: Script = ({ method, url }) =>
  method === 'DELETE' ? answer(204) : ada(url.slice(url.lastIndexOf('/') + 1));

/** Ada has a second account in an app, and her person names the first one. */
function open(script: Script, secondApp = { id: 'app_webex', vendorId: 'webex' }, graph = removal) {
  const client = createScriptedClient(script);
  const world = createWorld({ client });
  const { database } = world;
  addAccounts(database, [{ name: 'ada' }]);
  database
    .insert(apps)
    .values({ ...secondApp, name: secondApp.id, createdAt: 0 })
    .onConflictDoNothing()
    .run();
  const first = database.select().from(saasUsers).get()!;
  database
    .insert(saasUsers)
    .values({ ...first, id: 'sus_second', appId: secondApp.id, identifier: 'wx-second' })
    .run();
  addWorkflow(database, graph, { kind: 'saas_users', appId: secondApp.id });
  return { world, client };
}

/** What a dry run would do for a record. */
async function planned({ runner, plans }: World, recordId: string) {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', recordIds: [recordId], mode: 'plan' });
  while (!isFinished((await runner.details(id)).run.status))
    await new Promise((resolve) => setImmediate(resolve));
  return (await plans.effects(id, { limit: 10 })).items;
}

async function finish({ runner, database }: World, recordId: string) {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', recordIds: [recordId] });
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status)) {
      const { record } = await runner.recordSteps(id, 1);
      const rows = database.select().from(saasUsers).all();
      const gone = rows.filter(({ isDeactivated }) => isDeactivated).map((row) => row.id);
      return { status: record.status, error: record.error, gone };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const sent = ({ client }: ReturnType<typeof open>) =>
  client.calls.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);

describe('a second account of the same app', () => {
  it('is neither deleted in the place of the first one, nor the first one in its place', async () => {
    const opened = open(both);

    const { status, error, gone } = await finish(opened.world, 'sus_second');

    expect(sent(opened)).toEqual([]);
    expect(gone).toEqual([]);
    expect(status).toBe('failed');
    expect(error).toMatch(/is the account wx-second .* about another one, ada@acme.test \(wx-ada\)/);
  });

  it('is not marked as gone because the first one is', async () => {
    const opened = open(() => notThere);

    const { status, gone } = await finish(opened.world, 'sus_second');

    expect(gone).toEqual([]);
    expect(status).toBe('failed');
  });

  it('stops nobody else: the first one is deleted by its own record', async () => {
    const opened = open(both);

    await finish(opened.world, 'sus_second');
    const { status, gone } = await finish(opened.world, 'sus_ada');

    expect(status).toBe('succeeded');
    expect(sent(opened)).toEqual(['DELETE /people/wx-ada']);
    expect(gone).toEqual(['sus_ada']);
  });

  it('is deleted by a URL with its own identifier', async () => {
    const byIdentifier = { ...preset('webex', 'delete-user'), url: '/people/{{identifier}}' };
    const graph = aGraph({ begin: ['begin'], remove: ['api', byIdentifier], mark: marked as never }, [
      'begin.next > remove',
      'remove.success > mark',
    ]);
    const opened = open(both, undefined, graph);

    const { gone } = await finish(opened.world, 'sus_second');

    expect(sent(opened)).toEqual(['DELETE /people/wx-second']);
    expect(gone).toEqual(['sus_second']);
  });
});

it('the first account is not let in again for the record of the second one, in a run or its plan', async () => {
  const giving = { ...preset('webex', 'assign-licence'), inputs: { license_id: 'L1' } };
  const graph = aGraph({ begin: ['begin'], give: ['api', giving] }, ['begin.next > give']);
  const opened = open(() => answer(200, {}), undefined, graph);

  const { status, error } = await finish(opened.world, 'sus_second');
  const plan = await planned(opened.world, 'sus_second');

  expect(sent(opened)).toEqual([]);
  expect([status, error]).toEqual(['failed', expect.stringMatching(/is about another one, .*wx-ada/)]);
  expect(plan.map(({ skip }) => skip?.code)).toEqual(['refused']);
  const own = await finish(opened.world, 'sus_ada');
  expect([own.status, sent(opened)]).toEqual(['succeeded', ['PATCH /licenses/users']]);
});

it('a licence for nobody is planned as refused, as a run refuses it', async () => {
  const giving = { ...preset('webex', 'assign-licence'), inputs: { license_id: 'L1' } };
  const graph = aGraph({ begin: ['begin'], give: ['api', giving] }, ['begin.next > give']);
  const opened = open(() => answer(200, {}), undefined, graph);
  opened.world.database.update(people).set({ fields: {} }).run();

  const { status, error } = await finish(opened.world, 'sus_ada');
  const plan = await planned(opened.world, 'sus_ada');

  expect(sent(opened)).toEqual([]);
  expect(status).toBe('failed');
  expect(error).toMatch(/"webex_user_id" is empty/);
  expect(plan.map(({ skip }) => skip?.code)).toEqual(['refused']);
});

it('an account of another vendor leads to the one that the person names', async () => {
  const opened = open(both, { id: 'app_zoom', vendorId: 'zoom' });

  const { status } = await finish(opened.world, 'sus_second');

  expect(status).toBe('succeeded');
  expect(sent(opened)).toEqual(['DELETE /people/wx-ada']);
});

it("somebody else's account that is as it should be settles nothing", async () => {
  const graph = aGraph(
    { begin: ['begin'], off: ['api', preset('planhat', 'deactivate-user')], mark: marked as never },
    ['begin.next > off', 'off.success > mark'],
  );
  const opened = open(
    () => answer(200, [{ _id: 'ph-ada', email: 'other@acme.test', inactive: true }]),
    { id: 'app_planhat', vendorId: 'zoom' },
    graph,
  );
  const { database } = opened.world;
  const about = { recordType: 'person' as const, externalId: 'planhat_user_id', label: 'Planhat User ID' };
  database
    .insert(fields)
    .values({ ...about, id: 'fld_p', type: 'text', isUnique: true, help: '', createdAt: 0 })
    .run();
  database
    .update(people)
    .set({ fields: { planhat_user_id: 'ph-ada' } })
    .run();

  const { status, error, gone } = await finish(opened.world, 'sus_second');

  expect(status).toBe('failed');
  expect(error).toMatch(/names other@acme.test, not ada@acme.test/);
  expect(gone).toEqual([]);
});
