import { describe, expect, test } from 'vitest';
import { approval } from '#blocks/approval';
import type { Principal } from '#engine/access-ports';
import { approvals, notifications, operators } from '../../server/store/schema.ts';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded, untilRun } from '../support/until-run.ts';
import { waitingBlocks } from '../support/waiting-blocks.ts';

type Settings = Record<string, unknown>;

const caller = (world: World, id: string): Principal => {
  const operator = world.database
    .select()
    .from(operators)
    .all()
    .find((one) => one.id === id)!;
  const { name, role } = operator;
  const view = { id, name, email: operator.email, role } as never;
  return { id, name, role, operator: view, signedInAt: world.clock.now() } as unknown as Principal;
};

const tell = (message: string): [string, Settings] => ['notify', { when: 'each', title: 'Went', message }];
const graph = (settings: Settings) =>
  aGraph(
    {
      begin: ['begin'],
      ask: ['approval', { operatorIds: ['opr_1'], roles: [], ...settings }],
      yes: tell('{{display_name}} yes'),
      no: tell('{{display_name}} no'),
      late: tell('{{display_name}} late'),
    },
    ['begin.next > ask', 'ask.approved > yes', 'ask.denied > no', 'ask.expired > late'],
  );

async function asking(settings: Settings = {}) {
  const world = createWorld({ client: createScriptedClient(() => answer(200, {})), types: waitingBlocks });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  for (const [id, role] of [
    ['opr_1', 'approver'],
    ['opr_2', 'approver'],
    ['opr_3', 'viewer'],
  ] as const) {
    const rest = { name: id, email: `${id}@acme.test`, passwordHash: '', createdAt: 0 };
    world.database
      .insert(operators)
      .values({ id, role, ...rest })
      .run();
  }
  addWorkflow(world.database, graph(settings));
  const { id } = await world.runner.start('wf_1', { startedBy: 'opr_2', starterId: 'opr_2' });
  await untilRun(world, id, 'waiting');
  return { world, id };
}

async function waitingRequests(world: World, count: number) {
  for (;;) {
    const rows = world.database
      .select()
      .from(approvals)
      .all()
      .filter(({ status }) => status === 'waiting');
    if (rows.length === count) return rows;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const went = (world: World) =>
  world.database
    .select()
    .from(notifications)
    .all()
    .filter(({ title }) => title === 'Went')
    .map(({ message }) => message);

const yes = { decision: 'approve', reason: '' } as const;
const no = { decision: 'deny', reason: 'Not now' } as const;

describe('Approval for all records that wait', () => {
  test('asks once, shows the records, and lets all of them go on', async () => {
    const { world, id } = await asking({ question: 'Go on with\nthese?' });
    const [request] = await waitingRequests(world, 1);

    expect(request).toMatchObject({ kind: 'block', title: 'Go on with these?', runId: id });
    expect(request?.subject).toMatchObject({
      records: { count: 2, labels: ['ada@acme.test', 'grace@acme.test'] },
      operatorIds: ['opr_1'],
    });
    expect(went(world)).toEqual([]);
    await world.approvals.decide(request!.id, yes, caller(world, 'opr_1'));
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada yes', 'grace yes']);
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.find(({ block }) => block === 'ask')).toMatchObject({
      exit: 'approved',
      note: 'opr_1 said yes.',
    });
    expect(world.database.select().from(approvals).all()).toMatchObject([{ status: 'used' }]);
  });

  test('takes the Denied exit with the reason', async () => {
    const { world, id } = await asking();
    const [request] = await waitingRequests(world, 1);

    await world.approvals.decide(request!.id, no, caller(world, 'opr_1'));
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada no', 'grace no']);
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.find(({ block }) => block === 'ask')?.note).toBe('opr_1 said no. “Not now”');
  });

  test('takes the Expired exit when nobody answers in time', async () => {
    const { world, id } = await asking({ hours: 2 });
    await waitingRequests(world, 1);

    world.clock.set(world.clock.now() + 2 * 3_600_000 - 1);
    await world.approvals.settle();
    expect(went(world)).toEqual([]);
    world.clock.set(world.clock.now() + 1);
    await world.approvals.settle();
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada late', 'grace late']);
  });

  test('is answered once, and only by those whom it names', async () => {
    const { world, id } = await asking();
    const [request] = await waitingRequests(world, 1);
    const decide = (operator: string) => world.approvals.decide(request!.id, yes, caller(world, operator));

    await expect(decide('opr_2')).rejects.toThrow(/This question is for others/);
    await decide('opr_1');
    await expect(decide('opr_1')).rejects.toThrow(/was approved by opr_1/);
    await untilEnded(world, id);

    expect(went(world)).toEqual(['ada yes', 'grace yes']);
  });

  test('may be answered by who started the run, where the workflow names them', async () => {
    const { world, id } = await asking({ operatorIds: [], roles: ['approver'] });
    const [request] = await waitingRequests(world, 1);

    expect(
      (await world.approvals.view(request!.id, caller(world, 'opr_2'))).deciders.map(({ id: one }) => one),
    ).toEqual(['opr_1', 'opr_2']);
    await world.approvals.decide(request!.id, yes, caller(world, 'opr_2'));
    await untilEnded(world, id);

    expect(went(world)).toHaveLength(2);
  });
});

describe('Approval for each record', () => {
  const each = { per: 'record', question: 'Delete {{email}}?' };

  test('asks for each, and each goes its own way', async () => {
    const { world, id } = await asking(each);
    const [ada, grace] = await waitingRequests(world, 2);
    expect([ada?.title, grace?.title]).toEqual(['Delete ada@acme.test?', 'Delete grace@acme.test?']);

    await world.approvals.decide(grace!.id, no, caller(world, 'opr_1'));
    await untilRun(world, id, 'waiting');
    await world.approvals.decide(ada!.id, yes, caller(world, 'opr_1'));
    await untilEnded(world, id);

    expect(went(world).toSorted()).toEqual(['ada yes', 'grace no']);
  });
});

describe('a restart', () => {
  test('asks what was not asked yet, once', async () => {
    const { world } = await asking();
    await waitingRequests(world, 1);
    // As if the process had died before it asked.
    world.database.delete(approvals).run();
    const held = JSON.stringify({ code: 'ask:ask', sentence: 'May Clean-up go on?' });
    world.database.$client.prepare('UPDATE run_records SET held = ? WHERE held IS NOT NULL').run(held);

    const next = world.restart();
    await next.runner.resume();
    await next.runner.resume();

    expect(await waitingRequests(next, 1)).toMatchObject([{ title: 'May Clean-up go on?' }]);
  });

  test('goes on with an answer that was given just before', async () => {
    const { world, id } = await asking();
    const [request] = await waitingRequests(world, 1);
    world.database.update(approvals).set({ status: 'denied', decidedByName: 'Linus' }).run();

    const next = world.restart();
    await next.runner.resume();
    await untilEnded(next, id);

    expect(request).toBeDefined();
    expect(went(next)).toEqual(['ada no', 'grace no']);
  });
});

test('a dry run goes on as after a yes, and asks nobody', async () => {
  const { world } = await asking();
  await waitingRequests(world, 1);
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
  await untilEnded(world, id);

  const { steps } = await world.runner.recordSteps(id, 1);
  expect(steps.find(({ block }) => block === 'ask')).toMatchObject({
    exit: 'approved',
    note: 'A run asks here: May Clean-up go on?',
  });
  await waitingRequests(world, 1);
});

test('an Approval wants a question and somebody to answer it', () => {
  expect(messages(prepare(approval, { question: ' ', roles: [] }))).toEqual([
    'Write what is asked.',
    'Say who answers: operators, or a role.',
  ]);
});
