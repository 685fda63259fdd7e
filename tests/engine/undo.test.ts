import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { settingsFromPreset } from '#domain/api-settings';
import { AppError } from '#domain/errors';
import { isFinished, type Run } from '#domain/run';
import { type Graph, graphSchema } from '#domain/workflow';
import type { Principal } from '#engine/access-ports';
import { checkGraph } from '#engine/check';
import { createUndo } from '#engine/undo';
import { vendors } from '#presets';
import { createRecordStore } from '../../server/store/records.ts';
import { fields, people, versions, workflows } from '../../server/store/schema.ts';
import { createUndoReader } from '../../server/store/undo.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, types, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

const planhat = vendors.find(({ id }) => id === 'planhat')!;
const presetSettings = (id: string) => {
  const preset = planhat.presets.find((each) => each.id === id)!;
  return settingsFromPreset(planhat, preset, 'crd_1') as unknown as Record<string, unknown>;
};
const deactivating = aGraph(
  { begin: ['begin'], off: ['api', presetSettings('deactivate-user')], end: ['end'] },
  ['begin.next > off', 'off.success > end'],
);
const ada: Principal = { id: 'opr_ada', name: 'Ada' } as Principal;

/** A vendor that knows who is inactive. */
function planhatWorld(names: readonly string[]) {
  const inactive = new Set<string>();
  const client = createScriptedClient(({ method, url, body }) => {
    if (method === 'GET') {
      const id = new URL(url, 'https://planhat.test').searchParams.get('email')?.split('@')[0] ?? '';
      const roles = [{ _id: '000000020000000000000000', name: 'Manager' }];
      return answer(200, [{ _id: id, email: `${id}@acme.test`, inactive: inactive.has(id), roles }]);
    }
    const id = url.split('/').at(-1) ?? '';
    if (method === 'DELETE') return answer(200, { deletedCount: 1 });
    if ((JSON.parse(body ?? '{}') as { inactive?: boolean }).inactive) inactive.add(id);
    else inactive.delete(id);
    return answer(200, { _id: id, inactive: inactive.has(id) });
  });
  const world = createWorld({ client, inFlight: 64 });
  const { database } = world;
  addAccounts(
    database,
    names.map((name) => ({ name })),
  );
  database
    .insert(fields)
    .values({
      ...{ id: 'fld_p', recordType: 'person', externalId: 'planhat_user_id', label: 'Planhat User ID' },
      ...{ type: 'text', isUnique: true, help: '', createdAt: 0 },
    })
    .run();
  for (const { id } of database.select().from(people).all()) {
    const planhat_user_id = id.replace('per_', '');
    database.$client
      .prepare('UPDATE people SET fields = ? WHERE id = ?')
      .run(JSON.stringify({ planhat_user_id }), id);
  }
  return { world, client, inactive };
}

async function ended({ runner }: World, id: string): Promise<Run> {
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status)) return run;
    await nextTurn();
  }
}

async function runOf(world: World, workflowId: string, recordIds?: string[]): Promise<Run> {
  return ended(world, (await world.runner.start(workflowId, { startedBy: 'Ada', recordIds })).id);
}

/** Makes undo workflows and keeps their drafts. */
function undoOf({ database }: World) {
  const drafts: Graph[] = [];
  const undo = createUndo({
    reader: createUndoReader(database),
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    workflows: {
      create: async (input) => ({ ...input, id: 'wf_undo', revision: 1 }) as never,
      saveDraft: async (id, revision, graph) => {
        drafts.push(graphSchema.parse(graph));
        return { id, revision } as never;
      },
    },
  });
  return { undo, drafts };
}

function launch({ database, runner }: World, id: string, graph: Graph): void {
  const records = { kind: 'saas_users' as const, appId: 'app_webex' };
  const versionId = `ver_${id}`;
  database
    .insert(workflows)
    .values({
      ...{ id, name: 'Undo', description: '', records, revision: 1, draft: graph },
      ...{ activeVersionId: versionId, launchedRevision: 1, createdAt: 0, updatedAt: 0 },
    })
    .run();
  database
    .insert(versions)
    .values({
      id: versionId,
      workflowId: id,
      number: 1,
      graph,
      records,
      note: '',
      author: 'Ada',
      createdAt: 0,
    })
    .run();
  runner.workflowsChanged();
}

describe('taking back what a run did', () => {
  it('calls the opposite preset for exactly those for whom it was done', async () => {
    const { world, inactive, client } = planhatWorld(['ada', 'grace', 'linus']);
    addWorkflow(world.database, deactivating);
    const run = await runOf(world, 'wf_1', ['sus_ada', 'sus_grace']);
    inactive.add('linus');
    const { undo, drafts } = undoOf(world);

    const options = await undo.options(run.id);
    await undo.make(run.id, ['off'], ada);
    launch(world, 'wf_undo', drafts[0]!);
    const from = client.calls.length;
    const back = await runOf(world, 'wf_undo');

    expect(options).toMatchObject([
      { block: 'off', does: 'disable', count: 2, by: { id: 'activate-user' }, obstacle: null, made: [] },
    ]);
    expect(await undo.options(run.id)).toMatchObject([{ made: [{ id: 'wf_undo', name: 'Undo' }] }]);
    expect(back).toMatchObject({ status: 'succeeded', counts: { total: 2, succeeded: 2 } });
    const changed = client.calls.slice(from).filter(({ method }) => method === 'PUT');
    expect(changed.map(({ url }) => url.split('/').at(-1)).sort()).toEqual(['ada', 'grace']);
    expect([...inactive]).toEqual(['linus']);
  });

  it('takes back the blocks of a run by one workflow, each for those for whom it was done', async () => {
    const isGrace = { match: 'all', rules: [{ field: 'username', operator: 'contains', value: 'grace' }] };
    const { world, client, inactive } = planhatWorld(['ada', 'grace', 'linus']);
    addWorkflow(
      world.database,
      aGraph(
        {
          begin: ['begin'],
          which: ['if', { condition: isGrace }],
          off: ['api', presetSettings('deactivate-user')],
          licence: ['api', presetSettings('activate-user')],
          end: ['end'],
        },
        [
          'begin.next > which',
          'which.no > off',
          'off.success > end',
          'which.yes > licence',
          'licence.success > end',
        ],
      ),
    );
    inactive.add('grace');
    const run = await runOf(world, 'wf_1', ['sus_ada', 'sus_grace']);
    const { undo, drafts } = undoOf(world);

    const blocks = (await undo.options(run.id)).map(({ block }) => block);
    await undo.make(run.id, blocks, ada);
    launch(world, 'wf_undo', drafts[0]!);
    inactive.add('linus');
    const from = client.calls.length;
    const back = await runOf(world, 'wf_undo');

    expect(blocks.toSorted()).toEqual(['licence', 'off']);
    expect(back).toMatchObject({ status: 'succeeded', counts: { total: 2, succeeded: 2 } });
    expect(client.calls.slice(from).filter(({ method }) => method === 'PUT')).toHaveLength(2);
    expect([...inactive].toSorted()).toEqual(['grace', 'linus']);
    const listed = { find: (id: string) => vendors.find((vendor) => vendor.id === id), list: () => vendors };
    const records = { kind: 'saas_users', appId: 'app_webex' } as const;
    const credentials = [{ id: 'crd_1', name: 'Planhat', vendorId: 'planhat', status: 'authenticated' }];
    const fields = await createRecordStore(world.database).fields();
    const checking = { vendors: listed, records, fields, credentials, integrations: [] };
    expect(checkGraph(drafts[0]!, types, checking)).toEqual([]);
    expect(await undo.options(run.id)).toMatchObject([
      { made: [{ id: 'wf_undo' }] },
      { made: [{ id: 'wf_undo' }] },
    ]);
  });

  it('makes no workflow for a block that did nothing', async () => {
    const { world } = planhatWorld(['ada']);
    addWorkflow(world.database, deactivating);
    const run = await runOf(world, 'wf_1');
    const { undo, drafts } = undoOf(world);

    await expect(undo.make(run.id, ['off', 'end'], ada)).rejects.toThrow(/did nothing/);
    expect(drafts).toEqual([]);
  });

  it('takes back 1,000 effects in under 60 seconds, and only those', async () => {
    const names = Array.from({ length: 1_200 }, (_, n) => `u${n}`);
    const { world, inactive } = planhatWorld(names);
    addWorkflow(world.database, deactivating);
    const some = names.slice(0, 1_000).map((name) => `sus_${name}`);
    const run = await runOf(world, 'wf_1', some);
    const done = inactive.size;
    const { undo, drafts } = undoOf(world);

    const began = performance.now();
    await undo.make(run.id, ['off'], ada);
    launch(world, 'wf_undo', drafts[0]!);
    const back = await runOf(world, 'wf_undo');
    const seconds = (performance.now() - began) / 1000;

    expect(done).toBe(1_000);
    expect(back.counts).toMatchObject({ total: 1_000, succeeded: 1_000 });
    expect(inactive.size).toBe(0);
    expect(seconds).toBeLessThan(60);
  });

  it('says of what is permanent that nothing takes it back, and makes nothing', async () => {
    const remove = aGraph({ begin: ['begin'], gone: ['api', presetSettings('delete-user')], end: ['end'] }, [
      'begin.next > gone',
      'gone.success > end',
    ]);
    const { world } = planhatWorld(['ada']);
    addWorkflow(world.database, remove);
    const run = await runOf(world, 'wf_1');
    const { undo, drafts } = undoOf(world);

    const [option] = await undo.options(run.id);

    expect(option).toMatchObject({ does: 'delete', count: 1, by: null, obstacle: 'It cannot be undone.' });
    await expect(undo.make(run.id, ['gone'], ada)).rejects.toThrow(AppError);
    expect(drafts).toEqual([]);
  });

  it('does not guess what a change has written over', async () => {
    const update = aGraph({ begin: ['begin'], names: ['api', presetSettings('update-user')], end: ['end'] }, [
      'begin.next > names',
      'names.success > end',
    ]);
    const { world } = planhatWorld(['ada']);
    addWorkflow(world.database, update);
    const run = await runOf(world, 'wf_1');
    const { undo } = undoOf(world);

    const [option] = await undo.options(run.id);

    expect(option?.obstacle).toMatch(/would have to write back what was there before/);
  });
});
