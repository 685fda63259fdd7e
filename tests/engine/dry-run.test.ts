import { describe, expect, it } from 'vitest';
import { isFinished, type Run } from '#domain/run';
import { createPlans } from '#engine/plans';
import { createPlanStore } from '../../server/store/plans.ts';
import { protections } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';

const credential = { mode: 'static', credentialId: 'crd_1' };
const remove = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: credential,
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};
const removal = aGraph(
  {
    begin: ['begin'],
    remove: ['api', remove],
    mark: ['update-record', { setStatus: 'deactivated' }],
    tell: ['notify', { when: 'each', title: '{{email}} is gone' }],
  },
  ['begin.next > remove', 'remove.success > mark', 'mark.success > tell'],
);

const nameIn = (url: string): string => url.slice(url.lastIndexOf('-') + 1);
const account = (name: string) => ({
  id: `wx-${name}`,
  emails: [`${name.replace('gracie', 'grace')}@acme.test`],
});
const everybody: Script = ({ url }) => answer(200, account(nameIn(url)));

function open(script: Script, graph = removal, names = ['ada', 'grace', 'ken']) {
  const client = createScriptedClient(script);
  const world = createWorld({ client });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, graph);
  return { world, client, plans: createPlans(createPlanStore(world.database)) };
}

async function dryRun({ runner }: World): Promise<Run> {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
  return endOf(runner, id);
}

async function endOf(runner: World['runner'], id: string): Promise<Run> {
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const all = { limit: 100 };

describe('a dry run', () => {
  it('reads accounts, lists what would be done, and does nothing of it', async () => {
    const { world, client, plans } = open(everybody);

    const run = await dryRun(world);

    expect(run).toMatchObject({ status: 'succeeded', mode: 'plan', counts: { total: 3, succeeded: 3 } });
    expect(new Set(client.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(await plans.find(run.id)).toMatchObject({
      isComplete: true,
      records: 3,
      unchanged: 0,
      counts: { delete: 3, 'set-fields': 3, notify: 3 },
      skips: {},
      harmful: [{ vendorId: 'webex', kind: 'delete', count: 3 }],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { items } = await plans.effects(run.id, { ...all, kind: 'delete', search: 'grace' });
    expect(items).toMatchObject([
      {
        label: 'grace@acme.test',
        block: 'remove',
        target: { id: 'wx-grace', email: 'grace@acme.test' },
        request: { method: 'DELETE', url: '/people/wx-grace' },
        before: account('grace'),
        undo: { kind: 'permanent' },
        skip: null,
      },
    ]);
    const [mark] = (await plans.effects(run.id, { ...all, kind: 'set-fields' })).items;
    expect(mark?.changes).toMatchObject([{ field: 'is_deactivated', before: false, after: true }]);
    const written = world.database.$client.prepare(
      `SELECT (SELECT count(*) FROM changes) + (SELECT count(*) FROM notifications) + (SELECT count(*) FROM limit_uses)
        + (SELECT count(*) FROM saas_users WHERE is_deactivated) AS count`,
    );
    expect(written.get()).toEqual({ count: 0 });
    expect((await world.runner.list({ limit: 10 })).total).toBe(0);
    expect((await world.runner.list({ limit: 10, mode: 'plan' })).total).toBe(1);
  });

  it('says who would be left out, and why', async () => {
    const { world, plans } = open(({ url }) => {
      if (nameIn(url) === 'grace') return answer(404, { message: 'gone', trackingId: 'T1' });
      return answer(200, { ...account(nameIn(url)), ...(nameIn(url) === 'ken' ? { id: 'wx-other' } : {}) });
    });
    const shield = {
      id: 'prt_1',
      kind: 'address',
      vendorId: null,
      value: 'ada@acme.test',
      note: 'The board',
    };
    world.database
      .insert(protections)
      .values({ ...shield, createdBy: 'Ada', createdAt: 0 })
      .run();
    await world.guard.refresh();

    const run = await dryRun(world);

    expect(run.counts).toMatchObject({ skipped: 1, failed: 1, succeeded: 1 });
    expect(await plans.find(run.id)).toMatchObject({
      skips: { protected: 1, settled: 1, refused: 1 },
      harmful: [],
    });
    const sentenceOf = async (skip: 'protected' | 'settled' | 'refused') =>
      (await plans.effects(run.id, { ...all, skip })).items[0]?.skip?.sentence;
    expect(await sentenceOf('protected')).toMatch(/protected by the address/);
    expect(await sentenceOf('settled')).toMatch(/already gone/);
    expect(await sentenceOf('refused')).toMatch(/does not name the id wx-ken/);
  });

  it('goes on with an answer that says where its values come from', async () => {
    const create = {
      vendorId: 'webex',
      authorization: credential,
      method: 'POST',
      url: '/people',
      bodyKind: 'json',
      body: '{"title": "New"}',
      actsOn: 'nobody',
      success: { statuses: [200], mediaType: 'json' },
      response: {
        success: [{ value: 'response.id', target: { kind: 'variable', name: 'new_id' } }],
        failure: [],
      },
    };
    const look = { vendorId: 'webex', authorization: credential, method: 'GET', url: '/people/{{new_id}}' };
    const licence = {
      ...create,
      method: 'PUT',
      url: '/people/{{new_id}}',
      response: { success: [], failure: [] },
    };
    const graph = aGraph(
      { begin: ['begin'], create: ['api', create], look: ['api', look], licence: ['api', licence] },
      ['begin.next > create', 'create.success > look', 'look.success > licence'],
    );
    const { world, client, plans } = open(everybody, graph, ['ada']);

    const run = await dryRun(world);

    expect(client.calls).toEqual([]);
    expect(run.status).toBe('succeeded');
    const { items } = await plans.effects(run.id, all);
    expect(items.map(({ block, request, needs }) => [block, request?.method, request?.url, needs])).toEqual([
      ['create', 'POST', '/people', []],
      ['licence', 'PUT', "/people/‹from create's answer›", ['create']],
    ]);
    const { steps } = await world.runner.recordSteps(run.id, 1);
    expect(steps.find(({ block }) => block === 'look')?.note).toMatch(/known only from create/);
  });

  it('has the same hash whenever the same would be done, and tells what became different', async () => {
    const { world, plans } = open(everybody);

    const first = await dryRun(world);
    const again = await dryRun(world);
    world.database.$client.exec("DELETE FROM saas_users WHERE id = 'sus_ken'");
    world.database.$client.exec(
      `UPDATE people SET fields = '{"webex_user_id":"wx-gracie"}' WHERE id = 'per_grace';
       UPDATE saas_users SET identifier = 'wx-gracie' WHERE id = 'sus_grace'`,
    );
    addAccounts(world.database, [{ name: 'linus' }]);
    const later = await dryRun(world);

    const hashOf = async ({ id }: Run) => (await plans.find(id)).hash;
    expect(await hashOf(again)).toBe(await hashOf(first));
    expect(await hashOf(later)).not.toBe(await hashOf(first));
    expect((await plans.compare(again.id, first.id, all)).counts).toEqual({
      added: 0,
      removed: 0,
      changed: 0,
      same: 9,
    });
    const { counts, items } = await plans.compare(later.id, first.id, all);
    expect(counts).toEqual({ added: 3, removed: 3, changed: 1, same: 5 });
    const changed = items.find(({ change }) => change === 'changed');
    expect(changed?.before?.request?.url).toBe('/people/wx-grace');
    expect(changed?.after?.request?.url).toBe('/people/wx-gracie');
  });

  it('begins a record again that was under way when the server stopped', async () => {
    let stop = () => {};
    const { world, plans } = open(async (call, n) => {
      if (n === 2) stop();
      return everybody(call, n);
    });
    stop = () => void world.runner.stop();
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
    await world.runner.stop();

    const next = world.restart(createScriptedClient(everybody));
    await next.runner.resume();
    const run = await endOf(next.runner, id);

    expect(run.status).toBe('succeeded');
    expect((await plans.find(id)).counts).toEqual({ delete: 3, 'set-fields': 3, notify: 3 });
  });
});
