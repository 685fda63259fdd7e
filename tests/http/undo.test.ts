import { describe, expect, test } from 'vitest';
import type { UndoOption, Workflow } from '#contract';
import { runRecords, runs, steps } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';

const call = (presetId: string, inputs: Record<string, string> = {}) => ({
  ...{ vendorId: 'webex', presetId, authorization: { mode: 'static', credentialId: 'crd_1' } },
  ...{ method: 'PUT', url: '/people/{{webex_user_id}}', inputs },
});
const graph = aGraph(
  {
    begin: ['begin'],
    licence: ['api', call('assign-licence', { license_id: 'lic_1' })],
    off: ['api', call('disable-sign-in')],
    gone: ['api', call('delete-user')],
    end: ['end'],
  },
  ['begin.next > licence', 'licence.success > off', 'off.success > gone', 'gone.success > end'],
);

const effects: Record<string, object> = {
  licence: { does: 'assign-licences', undo: { kind: 'reversible', by: 'remove-licence' } },
  off: { does: 'disable', undo: { kind: 'reversible', by: 'enable-sign-in' } },
  gone: { does: 'delete', undo: { kind: 'permanent' } },
};

/** A finished run in which these blocks were done for these people. */
function addRun({ database }: TestApp, done: Record<string, string[]>): string {
  const versionOf = { workflowId: 'wf_1', workflowName: 'Clean-up', versionId: 'ver_1', versionNumber: 1 };
  database
    .insert(runs)
    .values({
      ...{ key: 1, id: 'run_1', ...versionOf, status: 'succeeded', phase: 'end', startedBy: 'Ada' },
      ...{ startedAt: 1, finishedAt: 2, isCancelling: false, fence: 1 },
    })
    .run();
  Object.entries(done).forEach(([name, blocks], i) => {
    const account = { recordType: 'saas_user', recordId: `sus_${name}`, label: `${name}@acme.test` };
    const at = { run: 1, n: i + 1, pending: [], steps: blocks.length, variables: {}, error: null };
    database
      .insert(runRecords)
      .values({ ...at, ...account, status: 'succeeded', finishedAt: 2 })
      .run();
    blocks.forEach((block, n) => {
      const effect = { ...effects[block], vendorId: 'webex', presetId: call(block).presetId };
      database
        .insert(steps)
        .values({
          ...{ run: 1, recordN: i + 1, n: n + 1, block, status: 'succeeded', attempts: 1, fence: 1 },
          ...{ startedAt: 1, durationMs: 1, effect: JSON.stringify(effect) },
        })
        .run();
    });
  });
  return '/runs/run_1/undo';
}

async function world() {
  const app = await buildTestApp();
  addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(app.database, graph);
  const url = addRun(app, { ada: ['licence', 'off'], grace: ['licence', 'gone'] });
  const token = await app.token('admin');
  return { app, url, make: (blocks: string[]) => app.send('POST', url, { token, body: { blocks } }) };
}

describe('taking back a run', () => {
  test('makes one draft: the last call first, each for the records of its block', async () => {
    const { app, url, make } = await world();

    const made = await make(['licence', 'off']);

    expect(made.statusCode).toBe(201);
    const { id, name, draft } = made.json<Workflow>();
    expect(name).toBe('Undo a run of Clean-up');
    const [begin] = draft.blocks;
    expect(begin?.settings).toMatchObject({ undoes: { runId: 'run_1', blocks: ['off', 'licence'] } });
    const asked = draft.blocks.filter(({ type }) => type === 'if');
    expect(asked.map(({ settings }) => settings)).toMatchObject([
      { condition: { rules: [{ field: 'undoes.off', operator: 'is_true' }] } },
      { condition: { rules: [{ field: 'undoes.licence', operator: 'is_true' }] } },
    ]);
    const calls = draft.blocks.filter(({ type }) => type === 'api');
    expect(calls.map(({ settings }) => settings)).toMatchObject([
      { presetId: 'get-user-details' },
      { presetId: 'enable-sign-in' },
      { presetId: 'remove-licence', inputs: { license_id: 'lic_1' } },
    ]);
    const options = await app.send('GET', url, { token: await app.token('viewer') });
    const { items } = options.json<{ items: UndoOption[] }>();
    expect(items.map(({ block, count, made: by }) => [block, count, by])).toEqual([
      ['gone', 1, []],
      ['off', 1, [{ id, name }]],
      ['licence', 2, [{ id, name }]],
    ]);
  });

  test('finds exactly the records of the chosen blocks', async () => {
    const { app, make } = await world();
    const { id } = (await make(['off'])).json<Workflow>();

    const matches = await app.send('GET', `/workflows/${id}/matches`, { token: await app.token('viewer') });

    expect(matches.json()).toEqual({
      total: 1,
      sample: [{ recordId: 'sus_ada', label: expect.any(String) }],
    });
  });

  test('refuses what cannot be taken back with its reason, and makes nothing', async () => {
    const { app, make } = await world();
    const token = await app.token('viewer');

    const [gone, none, unknown] = [await make(['off', 'gone']), await make([]), await make(['begin'])];

    expect(gone.statusCode).toBe(409);
    expect(gone.json()).toMatchObject({ detail: '“gone”: It cannot be undone.' });
    expect(none.statusCode).toBe(400);
    expect(unknown.statusCode).toBe(404);
    const { items } = (await app.send('GET', '/workflows', { token })).json<{ items: Workflow[] }>();
    expect(items.map(({ id }) => id)).toEqual(['wf_1']);
  });
});
