import { expect, test } from 'vitest';
import type { WorkflowSummary } from '#contract';
import { scheduleSlots, workflowSchedules } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';

const at = Date.parse('2026-11-21T03:00:00Z');

function addMissed({ database }: TestApp): void {
  addAccounts(database, [{ name: 'ada' }]);
  addWorkflow(database, aGraph({ begin: ['begin'], end: ['end'] }, ['begin.next > end']));
  const slot = { workflowId: 'wf_1', slot: '2026-11-21T04:00', dueAt: at, status: 'missed', at };
  database
    .insert(scheduleSlots)
    .values({ ...slot, id: 'slt_1', reason: 'Rollcall was not running at that time.' })
    .run();
}

test('a missed start is listed, and one operator decides about it', async () => {
  const app = await buildTestApp();
  addMissed(app);
  const viewer = await app.token('viewer');
  const operator = await app.token('operator');
  const decide = (token: string, choice: string) =>
    app.send('POST', '/api/v1/missed-starts/slt_1/decision', { token, body: { choice } });

  const list = await app.send('GET', '/api/v1/missed-starts', { token: viewer });
  expect(list.json()).toEqual({
    items: [
      {
        id: 'slt_1',
        workflowId: 'wf_1',
        workflowName: 'Clean-up',
        dueAt: '2026-11-21T03:00:00.000Z',
        reason: 'Rollcall was not running at that time.',
      },
    ],
  });
  expect((await decide(viewer, 'start')).statusCode).toBe(403);
  expect((await decide(operator, 'later')).statusCode).toBe(400);

  const started = await decide(operator, 'start');
  expect(started.json()).toEqual({ runId: expect.stringMatching(/^run_/) });
  expect((await decide(operator, 'skip')).statusCode).toBe(409);
  expect((await app.send('GET', '/api/v1/missed-starts', { token: viewer })).json()).toEqual({ items: [] });
});

test('a workflow says when it starts next', async () => {
  const app = await buildTestApp();
  addMissed(app);
  const schedule = { workflowId: 'wf_1', trigger: null, isHarmful: false, nextAt: at + 86_400_000 };
  app.database
    .insert(workflowSchedules)
    .values({ ...schedule, versionId: 'ver_1' })
    .run();
  const token = await app.token('viewer');
  const read = async () =>
    (await app.send('GET', '/api/v1/workflows', { token })).json<{ items: WorkflowSummary[] }>().items[0]
      ?.nextRunAt;

  expect(await read()).toBe('2026-11-22T03:00:00.000Z');

  app.database.update(workflowSchedules).set({ versionId: 'ver_0' }).run();
  expect(await read()).toBeNull();
});
