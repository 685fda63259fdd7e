import { expect, test } from 'vitest';
import { settingsFromPreset } from '#domain/api-settings';
import type { Preset, Vendor } from '#domain/vendor';
import type { Version, Workflow } from '#domain/workflow';
import type { Principal } from '#engine/access-ports';
import { createGlobalVariables } from '#engine/global-variables';
import { vendors } from '#presets';
import { createGlobalVariableStore } from '../../server/store/global-variables.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, types, type World } from '../support/engine-world.ts';
import { accountAnswer, ada, rerunsOf } from '../support/rerun-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

const name = 'Webex.Region';
const by = { startedBy: 'Ada' };
const webex = { vendorId: 'webex', authorization: { mode: 'static', credentialId: 'crd_1' } };

/** Asks twice in a region, by either spelling of its name. */
const asking = aGraph(
  {
    begin: ['begin'],
    ask: ['api', { ...webex, method: 'GET', url: `/people?region={{GlobalSetting['${name}']}}` }],
    again: ['api', { ...webex, method: 'GET', url: '/again?region={{GlobalSetting.Webex.Region}}' }],
    end: ['end'],
  },
  ['begin.next > ask', 'ask.success > again', 'again.success > end'],
);

/** Ada's account, a workflow, and the variable with the value `eu`. */
async function openWorld(graph = asking, script: Script = () => answer(200, { items: [] })) {
  const client = createScriptedClient(script);
  const world = createWorld({ client });
  addAccounts(world.database, [{ name: 'ada' }]);
  addWorkflow(world.database, graph);
  const store = createGlobalVariableStore(world.database);
  await store.insert({ name, value: 'eu', note: '', updatedAt: 0, updatedBy: 'Ada' });
  const set = (value: string) =>
    world.database.$client.prepare('UPDATE global_variables SET value = ?').run(JSON.stringify(value));
  return { world, client, set, urls: () => client.calls.map(({ url }) => url) };
}

const storedIn = ({ database }: World, id: string) =>
  database.$client.prepare('SELECT globals FROM runs WHERE id = ?').pluck().get(id);

test('a run keeps the values that it began with, and the next one takes the new ones', async () => {
  const { world, set, urls } = await openWorld(asking, () => {
    set('us');
    return answer(200, { items: [] });
  });

  const first = await world.runner.start('wf_1', by);
  await untilEnded(world, first.id);
  const second = await world.runner.start('wf_1', by);
  await untilEnded(world, second.id);

  expect(urls()).toEqual(['/people?region=eu', '/again?region=eu', '/people?region=us', '/again?region=us']);
  expect([first, second].map(({ id }) => storedIn(world, id))).toEqual([
    `{"${name}":"eu"}`,
    `{"${name}":"us"}`,
  ]);
});

test('a dry run goes by the values of its start, too', async () => {
  const { world, urls } = await openWorld();

  const { id } = await world.runner.start('wf_1', { ...by, mode: 'plan' });
  await untilEnded(world, id);

  expect(urls()).toEqual(['/people?region=eu', '/again?region=eu']);
  expect(storedIn(world, id)).toBe(`{"${name}":"eu"}`);
});

test('a re-run goes by the values of its origin, as by its version', async () => {
  let status = 500;
  const { world, set, urls } = await openWorld(asking, () => answer(status, { items: [] }));
  const { id } = await world.runner.start('wf_1', by);
  const ended = await untilEnded(world, id);
  const before = urls().length;
  set('us');
  status = 200;

  const again = await rerunsOf(world).start(id, 'failed', ada);
  await untilEnded(world, again.id);

  expect(ended.status).toBe('failed');
  expect(urls().slice(before)).toEqual(['/people?region=eu', '/again?region=eu']);
});

test('a run does not begin where a variable is gone', async () => {
  const { world, urls } = await openWorld();
  world.database.$client.exec('DELETE FROM global_variables');

  await expect(world.runner.start('wf_1', by)).rejects.toMatchObject({
    ...{ code: 'conflict', message: expect.stringMatching(/no global variable “Webex.Region” any more/) },
  });
  expect(urls()).toEqual([]);
});

test('a number stays a number, and is text between quotes', async () => {
  const graph = aGraph(
    {
      begin: ['begin'],
      send: [
        'api',
        {
          ...{ ...webex, method: 'POST', url: '/people', actsOn: 'nobody', bodyKind: 'json' },
          body: '{"a": {{GlobalSetting.Webex.Region}}, "b": "{{GlobalSetting.Webex.Region}}"}',
        },
      ],
      end: ['end'],
    },
    ['begin.next > send', 'send.success > end'],
  );
  const { world, client } = await openWorld(graph);
  world.database.$client.prepare('UPDATE global_variables SET value = ?').run('62');

  const { id } = await world.runner.start('wf_1', by);
  await untilEnded(world, id);

  expect(JSON.parse(client.calls[0]?.body ?? '')).toEqual({ a: 62, b: '62' });
});

test('a deletion that names its account by a variable deletes nobody else than the record', async () => {
  const graph = aGraph(
    {
      begin: ['begin'],
      remove: [
        'api',
        {
          ...{
            ...webex,
            presetId: 'delete-user',
            method: 'DELETE',
            url: '/people/{{GlobalSetting.Webex.Region}}',
          },
          success: { statuses: [204], mediaType: 'none' },
        },
      ],
      end: ['end'],
    },
    ['begin.next > remove', 'remove.success > end'],
  );
  const { world, client, set } = await openWorld(graph, ({ method }) =>
    method === 'DELETE' ? answer(204) : accountAnswer('grace'),
  );
  set('wx-grace');

  const { id } = await world.runner.start('wf_1', by);
  await untilEnded(world, id);

  expect(client.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
  const { record } = await world.runner.recordSteps(id, 1);
  expect(['failed', 'skipped']).toContain(record.status);
});

test('an active version is judged by its vendors as they were when it was launched', async () => {
  const webexNow = vendors.find(({ id }) => id === 'webex')!;
  const disable = webexNow.presets.find(({ id }) => id === 'disable-sign-in')!;
  const tamed = { ...disable, effect: { ...disable.effect, does: 'update' } } as Preset;
  const now = { ...webexNow, presets: webexNow.presets.map((one) => (one === disable ? tamed : one)) };
  const known = (vendor: Vendor) => ({ find: () => vendor, list: () => [vendor] });
  const launchedAt = '2026-11-01T00:00:00.000Z';
  const graph = aGraph(
    {
      begin: ['begin'],
      name: ['set-variable', { variables: [{ name: 'where', value: `{{GlobalSetting.${name}}}` }] }],
      off: ['api', { ...settingsFromPreset(webexNow, disable, 'crd_1') }],
    },
    ['begin.next > name', 'name.next > off'],
  );
  const records = { kind: 'people' } as const;
  const workflow = {
    id: 'wf_1',
    name: 'Off',
    draft: graph,
    records,
    activeVersion: { id: 'ver_1', number: 1 },
  };
  const { world } = await openWorld();
  const globals = createGlobalVariables({
    store: createGlobalVariableStore(world.database),
    workflows: {
      list: async () => [workflow as Workflow],
      version: async () => ({ graph, records, createdAt: launchedAt }) as Version,
    },
    vendors: {
      ...known(now),
      asOf: (at) => known(at === Date.parse(launchedAt) ? webexNow : now),
    },
    types,
    audit: { add: async () => {} },
    clock: world.clock,
    events: { listChanged: () => {} },
  });

  const changed = globals.change(name, { value: 'us' }, { id: 'opr_ada', name: 'Ada' } as Principal);

  await expect(changed).rejects.toMatchObject({ code: 'conflict', place: 'value' });
});
