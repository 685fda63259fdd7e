import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Explanation, isFinished } from '#contract';
import type { Database } from '../../server/store/database.ts';
import { createOldSteps } from '../../server/store/old-steps.ts';
import { approvals, runRecords, runs, steps } from '../../server/store/schema.ts';
import { buildTestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

const call = (presetId: string, method: string, statuses: number[]) => ({
  vendorId: 'webex',
  presetId,
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method,
  url: '/people/{{webex_user_id}}',
  success: { statuses, mediaType: method === 'GET' ? 'json' : 'none' },
});

const clear = aGraph(
  {
    begin: ['begin'],
    get: [
      'api',
      {
        ...call('get-user-details', 'GET', [200]),
        response: {
          success: [{ value: '{{response.lastActivity}}', target: { kind: 'variable', name: 'seen' } }],
          failure: [],
        },
      },
    ],
    inactive: ['inactive-for', { lastActivity: '{{seen}}', days: 90 }],
    staff: [
      'if',
      {
        condition: { match: 'all', rules: [{ field: 'person.role', operator: 'equals', value: 'Employee' }] },
      },
    ],
    remove: ['api', call('delete-user', 'DELETE', [204])],
    end: ['end'],
  },
  [
    'begin.next > get',
    'get.success > inactive',
    'inactive.inactive > staff',
    'staff.yes > remove',
    'remove.success > end',
  ],
);

/** A server on whose database a real run has deleted Grace's account and left Ada's. */
async function afterDeletion() {
  const app = await buildTestApp();
  const { database } = app;
  const client = createScriptedClient(({ method, url }) => {
    if (method === 'DELETE') return answer(204);
    const id = url.split('/').at(-1) ?? '';
    const lastActivity = id === 'wx-ada' ? '2026-11-20T00:00:00Z' : '2026-01-01T00:00:00Z';
    return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`], lastActivity });
  });
  const world = createWorld({ client }, database);
  addAccounts(database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(database, clear);
  const run = await world.runner.start('wf_1', { startedBy: 'Ada' });
  while (!isFinished((await world.runner.details(run.id)).run.status)) await nextTurn();
  const token = await app.token('viewer');
  const explain = async (path: string) => (await app.send('GET', path, { token })).json<Explanation>();
  return { app, database, run, token, explain };
}

/** Ben agreed to the plan of the run. */
function agree(database: Database, runId: string): void {
  database
    .insert(approvals)
    .values({
      ...{ id: 'apr_1', kind: 'plan', status: 'used', title: 'Delete 1 account', subject: {}, hash: 'h' },
      ...{ workflowId: 'wf_1', runId, requestedBy: 'opr_a', requestedByName: 'Ada', authors: [] },
      ...{ confirmation: '', requestedAt: 1, coolsUntil: null, expiresAt: 2 },
      ...{ decidedBy: 'opr_b', decidedByName: 'Ben', decidedAt: 2, reason: 'They have left.' },
    })
    .run();
  database.update(runs).set({ approvalId: 'apr_1' }).run();
}

describe('an explanation', () => {
  test('tells of a deletion which data, which condition, what was sent and what came back', async () => {
    const { explain, run } = await afterDeletion();

    const { about, effects } = await explain('/people/per_grace/explanation');

    expect(about).toMatchObject({ kind: 'person', name: 'grace Test', email: 'grace@acme.test' });
    expect(effects).toHaveLength(1);
    const [deletion] = effects;
    expect(deletion).toMatchObject({
      does: 'delete',
      status: 'succeeded',
      undo: { kind: 'permanent' },
      vendorId: 'webex',
      target: { id: 'wx-grace', email: 'grace@acme.test' },
      run: { id: run.id, workflowName: 'Clean-up', versionNumber: 1, startedBy: 'Ada' },
      version: { author: 'Ada' },
      block: 'remove',
      request: { method: 'DELETE', url: '/people/wx-grace' },
      answer: { status: 204, outcome: 'ok' },
    });
    expect(deletion?.way.map(({ block, exit, condition }) => [block, exit, condition])).toEqual([
      ['get', 'success', null],
      ['inactive', 'inactive', '{{seen}} more than 90 days ago'],
      ['staff', 'yes', 'person.role equals Employee'],
    ]);
    expect(deletion?.way[1]?.note).toMatch(/^Last active 324 days ago, on 2026-01-01/);
    expect(deletion?.way[2]?.note).toBe('person.role was Employee.');
    expect(deletion?.reading?.answer?.body).toMatchObject({
      id: 'wx-grace',
      lastActivity: '2026-01-01T00:00:00Z',
    });
    expect(deletion?.reading?.ageMs).toBeLessThan(60_000);
  });

  test('says which global variables the run went by, in the file too', async () => {
    const { app, database, explain, token } = await afterDeletion();
    database
      .update(runs)
      .set({ globals: { 'Webex.Region': 'eu' } })
      .run();

    const [deletion] = (await explain('/people/per_grace/explanation')).effects;
    const file = await app.send('GET', '/people/per_grace/explanation.html', { token });

    expect(deletion?.run.globals).toEqual({ 'Webex.Region': 'eu' });
    expect(file.body).toContain('Global variable Webex.Region');
  });

  test('still says who, why, on what evidence and who agreed once the details of the run are gone', async () => {
    const { database, explain, run } = await afterDeletion();
    agree(database, run.id);
    const [before] = (await explain('/people/per_grace/explanation')).effects;
    const { removeSome } = createOldSteps(database);
    while ((await removeSome(Number.MAX_SAFE_INTEGER, 3)) > 0);

    const [after] = (await explain('/people/per_grace/explanation')).effects;

    expect(after).toEqual({
      ...before,
      request: { method: 'DELETE', url: '/people/wx-grace', headers: {} },
      answer: { outcome: 'ok', status: 204, headers: {}, isCut: true, durationMs: 1 },
      reading: { ...before?.reading, answer: expect.objectContaining({ outcome: 'ok', status: 200 }) },
    });
    expect(after?.way[1]?.note).toMatch(/^Last active 324 days ago, on 2026-01-01/);
    expect(after?.approvals).toMatchObject([{ decidedBy: 'Ben', reason: 'They have left.' }]);
    const left = database.$client
      .prepare('SELECT group_concat(answer), group_concat(changes) FROM steps')
      .get();
    expect(JSON.stringify(left)).not.toMatch(/lastActivity|emails/);
    expect(database.$client.prepare('SELECT count(*) AS n FROM steps WHERE record_n = 1').get()).toEqual({
      n: 0,
    });
  });

  test('is there for every destructive step of the journal, and for nothing that was only read', async () => {
    const { database, explain } = await afterDeletion();
    const destructive = database
      .select()
      .from(steps)
      .all()
      .filter(({ effect }) => effect !== null);

    const ofGrace = await explain('/people/per_grace/explanation');
    const ofAda = await explain('/people/per_ada/explanation');

    expect(ofGrace.effects.length + ofAda.effects.length).toBe(destructive.length);
    expect(ofAda.effects).toEqual([]);
  });

  test('is the same for the account as for its person', async () => {
    const { explain } = await afterDeletion();

    const person = await explain('/people/per_grace/explanation');
    const account = await explain('/apps/app_webex/users/sus_grace/explanation');

    expect(account.about.kind).toBe('saas_user');
    expect(account.effects).toEqual(person.effects);
  });

  test('finds what a workflow over people did to an account', async () => {
    const { database, explain } = await afterDeletion();
    database.update(runRecords).set({ recordType: 'person', recordId: 'per_grace' }).run();

    const { effects } = await explain('/apps/app_webex/users/sus_grace/explanation');

    expect(effects.map(({ target }) => target?.id)).toEqual(['wx-grace']);
  });

  test('names who agreed to it', async () => {
    const { database, explain, run } = await afterDeletion();
    agree(database, run.id);

    const [deletion] = (await explain('/people/per_grace/explanation')).effects;

    expect(deletion?.approvals).toMatchObject([
      { id: 'apr_1', requestedBy: 'Ada', decidedBy: 'Ben', reason: 'They have left.' },
    ]);
  });

  test('leaves out what was only planned', async () => {
    const { database, explain } = await afterDeletion();
    database.update(runs).set({ mode: 'plan' }).run();

    expect((await explain('/people/per_grace/explanation')).effects).toEqual([]);
  });

  test('is one file to keep, in which nothing that came from outside is code', async () => {
    const { app, database, token } = await afterDeletion();
    database.update(steps).set({ note: '<script>alert(1)</script>' }).run();

    const file = await app.send('GET', '/people/per_grace/explanation.html', { token });

    expect(file.headers['content-disposition']).toBe('attachment; filename="what-happened-per_grace.html"');
    expect(file.body).toContain('What happened to grace Test');
    expect(file.body).toContain('/people/wx-grace');
    expect(file.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(file.body).not.toContain('<script');
  });

  test('is refused for somebody whom nobody knows', async () => {
    const { app, token } = await afterDeletion();

    const person = await app.send('GET', '/people/per_nobody/explanation', { token });
    const user = await app.send('GET', '/apps/app_other/users/sus_grace/explanation', { token });

    expect([person.statusCode, user.statusCode]).toEqual([404, 404]);
  });
});
