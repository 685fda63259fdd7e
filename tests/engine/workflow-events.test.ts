import { describe, expect, test } from 'vitest';
import { begin } from '#blocks/begin';
import { newId } from '#domain/ids';
import { createWorkflowEvents } from '#engine/workflow-events';
import type { Database } from '../../server/store/database.ts';
import { createNotificationStore } from '../../server/store/notifications.ts';
import { createRecordWriter } from '../../server/store/record-writer.ts';
import { integrations, loads, versions, workflows } from '../../server/store/schema.ts';
import { createWorkflowEventStore } from '../../server/store/workflow-events.ts';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';
import { waitingBlocks } from '../support/waiting-blocks.ts';

type Settings = Record<string, unknown>;
const people = { kind: 'people' } as const;
const set = (name: string, value: string): [string, Settings] => [
  'update-record',
  { assignments: [{ target: { kind: 'person', name }, value }] },
];

/** An active workflow with this Begin, and a process that watches. */
async function watching(settings: Settings, step: [string, Settings?] = ['end']) {
  const world = createWorld({ client: createScriptedClient(() => answer(200, {})), types: waitingBlocks });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(world.database, aGraph({ begin: ['begin', settings], step }, ['begin.next > step']), people);
  const process = watch(world);
  await process.events.startDue();
  return process;
}

function watch(world: World) {
  const { database, runner, clock } = world;
  const reports: string[] = [];
  const events = createWorkflowEvents({
    store: createWorkflowEventStore(database),
    runner,
    clock,
    newId,
    tell: (notification, at) => createNotificationStore(database).add(notification, at),
    report: (message) => void reports.push(message),
  });
  const read = <T>(sql: string) => database.$client.prepare<[], T>(sql).all();
  const runs = () =>
    read<{ id: string; started_by: string; lane: string; record_ids: string | null; depth: number }>(
      'SELECT id, started_by, lane, record_ids, depth FROM runs ORDER BY key',
    );
  return {
    world,
    events,
    reports,
    runs,
    /** Looks once, and waits for what that started. */
    async round() {
      await events.startDue();
      for (const { id } of runs()) await untilEnded(world, id);
      expect(reports).toEqual([]);
    },
    edit: (name: string, field: string, after: string, cause = { kind: 'operator', id: 'opr_1' } as const) =>
      edit(database, name, field, after, cause),
    notes: () => read<{ title: string }>('SELECT title FROM notifications').map(({ title }) => title),
  };
}

function edit(
  database: Database,
  name: string,
  field: string,
  after: string,
  cause: { kind: 'operator'; id: string },
) {
  const change = { record: 'person', recordId: `per_${name}`, field, before: null, after } as const;
  createRecordWriter(database).apply([change], cause, 1);
}

describe('a workflow that starts when a record was edited', () => {
  const watched = { trigger: 'record_edited', watchedFields: ['first_name'] };

  test('starts for those records alone, once, however often they were edited', async () => {
    const { edit, round, runs } = await watching(watched);

    edit('grace', 'first_name', 'G');
    edit('grace', 'first_name', 'Grace');
    edit('ada', 'last_name', 'Lovelace');
    await round();
    await round();

    expect(runs()).toMatchObject([
      { started_by: 'An edited record', lane: 'event', record_ids: '["per_grace"]', depth: 0 },
    ]);
  });

  test('starts for any field where none is chosen', async () => {
    const { edit, round, runs } = await watching({ ...watched, watchedFields: [] });

    edit('ada', 'last_name', 'Lovelace');
    edit('grace', 'first_name', 'G');
    await round();

    expect(runs()).toMatchObject([{ record_ids: '["per_ada","per_grace"]' }]);
  });

  test('leaves what happened before it became active, and while it is not active', async () => {
    const process = await watching(watched);
    const { edit, round, runs, world } = process;
    const activate = (version: string | null) =>
      world.database.$client.prepare('UPDATE workflows SET active_version_id = ?').run(version);

    activate(null);
    world.runner.workflowsChanged();
    edit('ada', 'first_name', 'A');
    await round();
    activate('ver_1');
    world.runner.workflowsChanged();
    await round();
    expect(runs()).toEqual([]);

    edit('grace', 'first_name', 'G');
    await round();
    expect(runs()).toMatchObject([{ record_ids: '["per_grace"]' }]);
  });

  test('a new version goes on where the one before had looked', async () => {
    const { edit, round, runs, world } = await watching(watched);

    edit('ada', 'first_name', 'A');
    const [row] = world.database.select().from(versions).all();
    world.database
      .insert(versions)
      .values({ ...row!, id: 'ver_2', number: 2 })
      .run();
    world.database.update(workflows).set({ activeVersionId: 'ver_2' }).run();
    world.runner.workflowsChanged();
    await round();

    expect(runs()).toMatchObject([{ record_ids: '["per_ada"]' }]);
  });

  test('loses nothing and starts nothing twice when another process takes over', async () => {
    const first = await watching(watched);
    first.edit('ada', 'first_name', 'A');

    const second = watch(first.world.restart());
    await second.round();
    const third = watch(second.world.restart());
    await third.round();
    await first.round();

    expect(third.runs()).toHaveLength(1);
  });

  test('two processes that look at the same time start it once', async () => {
    const first = await watching(watched);
    const second = watch(first.world.restart());
    first.edit('ada', 'first_name', 'A');

    await Promise.all([first.events.startDue(), second.events.startDue()]);

    expect(first.runs()).toHaveLength(1);
    expect([...first.reports, ...second.reports]).toEqual([]);
  });

  test('does not start itself by what it writes', async () => {
    const { edit, round, runs } = await watching(
      { trigger: 'record_edited', watchedFields: [] },
      set('first_name', '{{first_name}}!'),
    );

    edit('ada', 'last_name', 'Lovelace');
    for (let i = 0; i < 4; i += 1) await round();

    expect(runs()).toHaveLength(1);
  });

  test('two workflows that set each other off stop after five runs, and somebody is told', async () => {
    const process = await watching(
      { trigger: 'record_edited', watchedFields: ['first_name'] },
      set('last_name', '{{last_name}}!'),
    );
    const { edit, round, runs, notes, world } = process;
    const other = aGraph(
      {
        begin: ['begin', { trigger: 'record_edited', watchedFields: ['last_name'] }],
        step: set('first_name', '{{first_name}}!'),
      },
      ['begin.next > step'],
    );
    const [workflow] = world.database.select().from(workflows).all();
    const [version] = world.database.select().from(versions).all();
    world.database
      .insert(workflows)
      .values({ ...workflow!, id: 'wf_2', name: 'Other', activeVersionId: 'ver_2' })
      .run();
    world.database
      .insert(versions)
      .values({ ...version!, id: 'ver_2', workflowId: 'wf_2', graph: other })
      .run();
    await round();

    edit('ada', 'first_name', 'A');
    for (let i = 0; i < 10; i += 1) await round();

    expect(runs().map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(notes()).toEqual(['Clean-up was not started again']);
  });

  test('gathers what happens while an earlier run goes on', async () => {
    const { edit, events, round, runs, world } = await watching(watched, [
      'api',
      { vendorId: 'webex', authorization: { mode: 'static', credentialId: 'crd_1' }, url: '/people/x' },
    ]);
    edit('ada', 'first_name', 'A');
    await events.startDue();
    edit('grace', 'first_name', 'G');
    await events.startDue();
    expect(runs()).toHaveLength(1);

    await untilEnded(world, runs()[0]!.id);
    await round();

    expect(runs()).toMatchObject([{ record_ids: '["per_ada"]' }, { record_ids: '["per_grace"]' }]);
  });

  test("asks Begin's rules and state, too", async () => {
    const rules = { match: 'all', rules: [{ field: 'role', operator: 'equals', value: 'Manager' }] };
    const { edit, round, runs, world } = await watching({ ...watched, rules });

    edit('ada', 'first_name', 'A');
    await round();

    const { run } = await world.runner.details(runs()[0]!.id);
    expect(run.counts.total).toBe(0);
  });

  test('names fields that the records do not have', () => {
    const found = messages(
      prepare(begin, { trigger: 'record_edited', watchedFields: ['email', 'identifier', 'x'] }),
    );

    expect(found).toEqual([
      'The records have no field "identifier". Choose another.',
      'The records have no field "x". Choose another.',
    ]);
  });
});

describe('a workflow that starts when a record is new', () => {
  test('starts for the new ones', async () => {
    const { round, runs, world } = await watching({ trigger: 'record_created' });

    addAccounts(world.database, [{ name: 'linus' }, { name: 'ken' }]);
    await round();
    await round();

    expect(runs()).toMatchObject([{ started_by: 'A new record', record_ids: '["per_linus","per_ken"]' }]);
  });

  test('of SaaS users keeps to its app', async () => {
    const process = await watching({ trigger: 'record_created' });
    const { world, round, runs } = process;
    const records = { kind: 'saas_users', appId: 'app_other' };
    world.database.$client.exec(`INSERT INTO apps VALUES ('app_other', 'Other', 'zoom', 0)`);
    world.database.update(workflows).set({ records }).run();
    world.database.update(versions).set({ records }).run();

    addAccounts(world.database, [{ name: 'linus' }]);
    await round();
    expect(runs()).toEqual([]);
    world.database.$client.exec(`UPDATE saas_users SET app_id = 'app_other' WHERE id = 'sus_linus'`);
    addAccounts(world.database, [{ name: 'ken' }]);
    world.database.$client.exec(`UPDATE saas_users SET app_id = 'app_other' WHERE id = 'sus_ken'`);
    await round();

    expect(runs()).toMatchObject([{ record_ids: '["sus_ken"]' }]);
  });
});

describe('a workflow that starts when a load has finished', () => {
  const watched = { trigger: 'load_finished', watchedIntegrationId: 'int_1' };

  function addLoad(world: World, id: string, ago: number, more: object = {}) {
    const { database, clock } = world;
    const integration = { id: 'int_1', name: 'Webex', vendorId: 'webex', mode: 'user', preference: 'both' };
    database
      .insert(integrations)
      .values([
        { ...integration, mapping: {}, status: 'active', createdAt: 0, updatedAt: 0 },
        { ...integration, id: 'int_2', mapping: {}, status: 'active', createdAt: 0, updatedAt: 0 },
      ])
      .onConflictDoNothing()
      .run();
    const base = {
      status: 'succeeded',
      startedBy: 'Ada',
      startedAt: 0,
      pages: 1,
      tally: {},
      isComplete: true,
    };
    const finishedAt = clock.now() - ago;
    database
      .insert(loads)
      .values({ ...base, id, integrationId: 'int_1', finishedAt, ...more })
      .run();
  }

  test('starts once over all of its records, for the loads of that integration that read every page', async () => {
    const { round, runs, world } = await watching(watched, set('last_name', 'x'));

    addLoad(world, 'lod_1', 60_000, { integrationId: 'int_2' });
    addLoad(world, 'lod_2', 60_000, { isComplete: false, status: 'failed' });
    await round();
    expect(runs()).toEqual([]);
    addLoad(world, 'lod_3', 50_000);
    addLoad(world, 'lod_4', 40_000);
    await round();
    await round();

    expect(runs()).toMatchObject([{ started_by: 'A finished load', record_ids: null }]);
    const { run } = await world.runner.details(runs()[0]!.id);
    expect(run.counts.total).toBe(2);
  });

  test('waits until whatever ended at that moment is written', async () => {
    const { round, runs, world } = await watching(watched);

    addLoad(world, 'lod_1', 1_000);
    await round();
    expect(runs()).toEqual([]);
    world.clock.set(world.clock.now() + 10_000);
    await round();

    expect(runs()).toHaveLength(1);
  });

  test('wants to know which integration', () => {
    expect(messages(prepare(begin, { trigger: 'load_finished' }))).toEqual([
      'Choose whose loads start the workflow.',
    ]);
  });
});
