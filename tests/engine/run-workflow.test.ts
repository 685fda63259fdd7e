import { describe, expect, test } from 'vitest';
import { runWorkflow } from '#blocks/run-workflow';
import { settingsFromPreset } from '#contract';
import { checkGraph } from '#engine/check';
import { vendors } from '#presets';
import type { Database } from '../../server/store/database.ts';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, types, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { addSecondWorkflow } from '../support/second-workflow.ts';
import { untilEnded, untilRun } from '../support/until-run.ts';
import { waitingBlocks } from '../support/waiting-blocks.ts';

type Settings = Record<string, unknown>;
const overPeople = { kind: 'people' } as const;
const tell = (message: string): [string, Settings] => ['notify', { when: 'each', title: 'Went', message }];

const first = (settings: Settings = {}) =>
  aGraph(
    {
      begin: ['begin'],
      call: ['run-workflow', { workflowId: 'wf_2', ...settings }],
      good: tell('{{display_name}} good'),
      bad: tell('{{display_name}} bad'),
    },
    ['begin.next > call', 'call.success > good', 'call.failure > bad'],
  );

const second = (step: [string, Settings?], begin: Settings = {}) =>
  aGraph({ begin: ['begin', begin], step }, ['begin.next > step']);

function opened(
  step: [string, Settings?],
  options: { settings?: Settings; begin?: Settings; script?: Script } = {},
) {
  const client = createScriptedClient(options.script ?? (() => answer(200, {})));
  const world = createWorld({ client, types: waitingBlocks });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(world.database, first(options.settings));
  addSecondWorkflow(world.database, second(step, options.begin), overPeople);
  return { world, client };
}

const start = async (world: World) =>
  (await world.runner.start('wf_1', { startedBy: 'Ada', starterId: 'opr_1' })).id;

const read = <T>(database: Database, sql: string) => database.$client.prepare<[], T>(sql).all();
const runs = ({ database }: World) =>
  read<{
    id: string;
    workflow_id: string;
    parent_step: string;
    record_ids: string;
    status: string;
    mode: string;
  }>(database, 'SELECT id, workflow_id, parent_step, record_ids, status, mode FROM runs ORDER BY key');
const childOf = (world: World) => runs(world).find(({ workflow_id }) => workflow_id === 'wf_2');
const went = ({ database }: World) =>
  read<{ message: string }>(database, "SELECT message FROM notifications WHERE title = 'Went'")
    .map(({ message }) => message)
    .toSorted();

async function untilChild(world: World): Promise<string> {
  for (;;) {
    const child = childOf(world);
    if (child) return child.id;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('Run Workflow', () => {
  test('gives all records that wait one run of the people behind them, and waits for its end', async () => {
    const { world } = opened(['hold']);
    const id = await start(world);
    const childId = await untilChild(world);
    await untilRun(world, childId, 'waiting');
    await untilRun(world, id, 'waiting');

    expect(childOf(world)).toMatchObject({
      parent_step: `${id}/call/1`,
      record_ids: '["per_ada","per_grace"]',
    });
    expect(went(world)).toEqual([]);
    await world.runner.release(childId, 'look');
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada good', 'grace good']);
    expect(runs(world)).toHaveLength(2);
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.find(({ block }) => block === 'call')).toMatchObject({
      exit: 'success',
      note: `“Second” (${childId}) has succeeded.`,
      changes: [],
    });
    expect(
      world.database.$client.prepare('SELECT variables FROM run_records WHERE n = 1').pluck().all(),
    ).toEqual(['{}', '{}']);
  });

  test('goes on at once where it is not to wait', async () => {
    const { world } = opened(['hold'], { settings: { waits: false } });
    const id = await start(world);
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada good', 'grace good']);
    await untilRun(world, await untilChild(world), 'waiting');
  });

  test('leaves each record by what became of it', async () => {
    const { world } = opened(['stop', { message: 'No {{first_name}}' }], {
      begin: { rules: { match: 'all', rules: [{ field: 'first_name', operator: 'equals', value: 'ada' }] } },
    });
    const id = await start(world);
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada bad', 'grace bad']);
    const errors = await Promise.all(
      [1, 2].map(async (n) => (await world.runner.recordSteps(id, n)).steps[0]?.error),
    );
    expect(errors[0]).toMatch(/has failed\. step: No ada$/);
    expect(errors[1]).toMatch(/its Begin block leaves this record out\.$/);
  });

  test.each([
    [
      'an inactive workflow',
      "UPDATE workflows SET active_version_id = NULL WHERE id = 'wf_2'",
      /is not active/,
    ],
    ['a workflow that is gone', "DELETE FROM workflows WHERE id = 'wf_2'", /does not exist any more/],
    [
      'an app in which the person has no account',
      `UPDATE workflows SET records = '{"kind":"saas_users","appId":"other"}' WHERE id = 'wf_2'`,
      /has no account in the app/,
    ],
  ])('fails for %s and starts nothing', async (_what, sql, reason) => {
    const { world } = opened(['end']);
    world.database.$client.exec(sql);
    const id = await start(world);
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada bad', 'grace bad']);
    expect((await world.runner.recordSteps(id, 1)).steps[0]?.error).toMatch(reason);
    expect(runs(world)).toHaveLength(1);
  });

  test('ends workflows that start each other', async () => {
    const { world } = opened(['run-workflow', { workflowId: 'wf_1' }]);
    const id = await start(world);
    await untilEnded(world, id);

    const all = runs(world);
    expect(all).toHaveLength(6);
    const last = await world.runner.recordSteps(all.at(-1)!.id, 1);
    expect(last.steps[0]?.error).toMatch(/started each other 5 times in a row/);
    expect(went(world)).toContain('ada bad');
  });

  test('is cancelled with the run that waits for it', async () => {
    const { world } = opened(['hold']);
    const id = await start(world);
    const childId = await untilChild(world);
    await untilRun(world, childId, 'waiting');
    await untilRun(world, id, 'waiting');

    await world.runner.cancel(id);

    expect((await untilEnded(world, childId)).status).toBe('cancelled');
    expect((await untilEnded(world, id)).status).toBe('cancelled');
  });

  test('fails when the other run is cancelled', async () => {
    const { world } = opened(['hold']);
    const id = await start(world);
    const childId = await untilChild(world);
    await untilRun(world, childId, 'waiting');
    await untilRun(world, id, 'waiting');

    await world.runner.cancel(childId);
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada bad', 'grace bad']);
  });

  test('waits while a call of the other run needs attention, for that record alone', async () => {
    const webex = vendors.find(({ id }) => id === 'webex')!;
    const create = webex.presets.find(({ id }) => id === 'create-user')!;
    const authorization = { mode: 'static', credentialId: 'crd_1' };
    const settings = { ...settingsFromPreset(webex, create), authorization };
    const { world } = opened(['api', settings], {
      script: ({ body }) =>
        body?.includes('ada') ? { kind: 'no_answer', reason: 'gone' } : answer(200, { id: 'wx' }),
    });
    const id = await start(world);
    const childId = await untilChild(world);
    await untilEnded(world, childId);
    for (;;) {
      if (went(world).length > 0 && (await world.runner.details(id)).run.status === 'waiting') break;
      await new Promise((resolve) => setImmediate(resolve));
    }

    expect(went(world)).toEqual(['grace good']);
    await world.runner.resolve(childId, 1, 'it_happened', 'Ada');
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada good', 'grace good']);
  });
});

describe('a restart', () => {
  test('starts what was not started yet, once, and finds what was', async () => {
    const { world } = opened(['hold']);
    const id = await start(world);
    await untilRun(world, await untilChild(world), 'waiting');
    await untilRun(world, id, 'waiting');

    const next = world.restart();
    await next.runner.resume();
    await next.runner.resume();
    expect(runs(next)).toHaveLength(2);
    await next.runner.release(childOf(next)!.id, 'look');
    await untilEnded(next, id);

    expect(went(next)).toEqual(['ada good', 'grace good']);
    expect(runs(next)).toHaveLength(2);
  });

  test('goes on with a run that ended while nobody looked', async () => {
    const { world } = opened(['hold']);
    const id = await start(world);
    const childId = await untilChild(world);
    await untilRun(world, childId, 'waiting');
    await untilRun(world, id, 'waiting');
    const now = "finished_at = 1, status = 'succeeded'";
    world.database.$client.exec(`UPDATE runs SET ${now} WHERE id = '${childId}';
      UPDATE run_records SET ${now} WHERE run = (SELECT key FROM runs WHERE id = '${childId}')`);

    const next = world.restart();
    await next.runner.resume();
    await untilEnded(next, id);

    expect(went(next)).toEqual(['ada good', 'grace good']);
  });
});

describe('a dry run', () => {
  test('plans through the other workflow, once for all records, and starts nothing', async () => {
    const { world, client } = opened([
      'update-record',
      { assignments: [{ target: { kind: 'person', name: 'last_name' }, value: 'Gone' }] },
    ]);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
    await untilEnded(world, id);
    const childId = await untilChild(world);
    await untilEnded(world, childId);

    expect(runs(world)).toMatchObject([
      { id, mode: 'plan' },
      { id: childId, mode: 'plan', parent_step: `${id}/call/1`, record_ids: '["per_ada","per_grace"]' },
    ]);
    expect((await world.plans.find(id)).counts).toMatchObject({ 'start-run': 2 });
    expect((await world.plans.find(childId)).counts).toEqual({ 'set-fields': 2 });
    expect(client.calls).toEqual([]);
    expect(read(world.database, "SELECT id FROM people WHERE last_name = 'Gone'")).toEqual([]);
  });
});

describe('findings', () => {
  const workflows = [
    { id: 'wf_2', name: 'Second', isActive: true, starts: ['wf_3'] },
    { id: 'wf_3', name: 'Third', isActive: false, starts: ['wf_1'] },
    { id: 'wf_4', name: 'Fourth', isActive: false, starts: [] },
  ];
  const check = (workflowId: string) =>
    checkGraph(first({ workflowId }), types, {
      ...{ vendors: { find: (id) => vendors.find((one) => one.id === id), list: () => vendors }, fields: [] },
      ...{ records: { kind: 'saas_users', appId: 'a' }, credentials: [], integrations: [] },
      ...{ workflows, workflowId: 'wf_1' },
    }).map(({ severity, message }) => `${severity}: ${message}`);

  test.each([
    ['wf_1', /^error: A workflow cannot run itself/],
    ['wf_9', /^error: The workflow does not exist any more/],
    ['wf_2', /^error: .*circle: this workflow → Second → Third → this workflow/],
    ['wf_4', /^warning: “Fourth” is not active/],
  ])('of %s say what is wrong with it', (id, sentence) => {
    expect(check(id)).toEqual([expect.stringMatching(sentence)]);
  });

  test('name the workflow that is missing', () => {
    expect(messages(prepare(runWorkflow, {}))).toEqual(['Choose the workflow to run.']);
  });
});
