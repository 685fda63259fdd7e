import { describe, expect, test } from 'vitest';
import type { Run, UnclearCall, UnclearDecided, UnclearKind } from '#contract';
import { isFinished } from '#domain/run';
import { runRecords, runs, steps } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';
import { addOperator, signInAda } from '../support/operators.ts';

const remove = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};
const graph = aGraph({ begin: ['begin'], remove: ['api', remove], end: ['end'] }, [
  'begin.next > remove',
  'remove.success > end',
]);

const noAnswer = 'Webex did not answer in time.';
const cut = 'The connection was cut.';

/** A finished run whose record for each of these people is parked for the reason. */
function addParkedRun({ database }: TestApp, key: number, parked: [name: string, reason: string][]): string {
  const id = `run_${key}`;
  const at = Date.parse('2026-11-21T08:00:00Z') + key;
  const versionOf = { workflowId: 'wf_1', workflowName: 'Clean-up', versionId: 'ver_1', versionNumber: 1 };
  database
    .insert(runs)
    .values({
      ...{ key, id, ...versionOf, status: 'needs_attention', phase: 'end', startedBy: 'Ada', startedAt: at },
      ...{ finishedAt: at, isCancelling: false, fence: 1 },
    })
    .run();
  parked.forEach(([name, reason], i) => {
    const n = i + 1;
    const account = { recordType: 'saas_user', recordId: `sus_${name}`, label: `${name}@acme.test` };
    database
      .insert(runRecords)
      .values({
        ...{ run: key, n, ...account, status: 'needs_attention', pending: ['remove'], steps: 0 },
        ...{ variables: {}, error: reason, finishedAt: null },
      })
      .run();
    database
      .insert(steps)
      .values({
        ...{ run: key, recordN: n, n: 1, block: 'remove', status: 'needs_attention', attempts: 1, fence: 1 },
        ...{ startedAt: at, durationMs: 30_000, error: reason },
        request: JSON.stringify({
          method: 'DELETE',
          url: `https://webex.test/people/wx-${name}`,
          headers: {},
        }),
        effect: JSON.stringify({
          ...{ does: 'delete', undo: { kind: 'permanent' }, vendorId: 'webex', presetId: 'delete-user' },
          ...{ limitKind: 'delete', credential: { id: 'crd_1' } },
          target: { id: `wx-${name}`, email: `${name}@acme.test`, readAt: at, readStep: null },
        }),
      })
      .run();
  });
  return id;
}

async function endOf(app: TestApp, runId: string): Promise<Run> {
  const token = await app.token('viewer');
  for (;;) {
    const { run } = (await app.send('GET', `/runs/${runId}`, { token })).json<{ run: Run }>();
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function desk() {
  const app = await buildTestApp();
  addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }, { name: 'linus' }]);
  addWorkflow(app.database, graph);
  addParkedRun(app, 1, [
    ['ada', noAnswer],
    ['grace', cut],
  ]);
  addParkedRun(app, 2, [['linus', noAnswer]]);
  const token = await app.token('admin');
  const list = async (query = '') => {
    const response = await app.send('GET', `/unclear-calls${query}`, { token });
    return response.json<{ items: UnclearCall[]; total: number; kinds: UnclearKind[] }>();
  };
  return { app, token, list };
}

describe('the desk for unclear calls', () => {
  test('shows what is parked in all runs, with what is known of each', async () => {
    const { list } = await desk();

    const { items, total } = await list();

    expect(total).toBe(3);
    expect(items.map(({ runId, label }) => [runId, label])).toEqual([
      ['run_1', 'ada@acme.test'],
      ['run_1', 'grace@acme.test'],
      ['run_2', 'linus@acme.test'],
    ]);
    expect(items[0]).toMatchObject({
      blockName: 'remove',
      reason: noAnswer,
      request: { method: 'DELETE', url: 'https://webex.test/people/wx-ada' },
      effect: { does: 'delete', vendorId: 'webex', target: { id: 'wx-ada', email: 'ada@acme.test' } },
      answer: null,
    });
  });

  test('gathers the same kind of trouble, which can be looked at alone', async () => {
    const { list } = await desk();

    const { kinds } = await list();
    const same = await list(`?workflowId=wf_1&block=remove&reason=${encodeURIComponent(noAnswer)}`);

    expect(kinds.map(({ reason, count }) => [reason, count])).toEqual([
      [noAnswer, 2],
      [cut, 1],
    ]);
    expect(same.items.map(({ label }) => label)).toEqual(['ada@acme.test', 'linus@acme.test']);
  });

  test('settles many at once, and tells of those that somebody has settled already', async () => {
    const { app, token, list } = await desk();
    const calls = [
      { runId: 'run_1', n: 1, step: 1 },
      { runId: 'run_2', n: 1, step: 1 },
    ];
    const decide = () =>
      app.send('POST', '/unclear-calls/decisions', { token, body: { choice: 'leave', calls } });

    const first = (await decide()).json<UnclearDecided>();
    const again = (await decide()).json<UnclearDecided>();

    expect(first).toEqual({ settled: 2, refused: [] });
    expect(again.settled).toBe(0);
    expect(again.refused.map(({ runId, reason }) => [runId, reason])).toEqual([
      ['run_1', 'A admin decided about this call already: left as it is. Look at the record again.'],
      ['run_2', 'A admin decided about this call already: left as it is. Look at the record again.'],
    ]);
    expect((await list()).items.map(({ label }) => label)).toEqual(['grace@acme.test']);
  });

  test('lets an author look and not decide', async () => {
    const { app } = await desk();
    const token = await app.token('author');

    const looked = await app.send('GET', '/unclear-calls', { token });
    const body = { choice: 'leave', calls: [{ runId: 'run_1', n: 1, step: 1 }] };
    const decided = await app.send('POST', '/unclear-calls/decisions', { token, body });

    expect([looked.statusCode, decided.statusCode]).toEqual([200, 403]);
  });

  test('is read page by page and settled in bulk, however much is unclear', async () => {
    const app = await buildTestApp();
    const names = Array.from({ length: 450 }, (_, i) => `p${i}`);
    addAccounts(
      app.database,
      names.map((name) => ({ name })),
    );
    addWorkflow(app.database, graph);
    addParkedRun(
      app,
      1,
      names.map((name) => [name, noAnswer]),
    );
    const token = await app.token('admin');
    const seen: UnclearCall[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await app.send('GET', `/unclear-calls?limit=200${query}`, { token })).json<{
        items: UnclearCall[];
        total: number;
        nextCursor: string | null;
      }>();
      expect(page.total).toBe(450);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen.map(({ recordId }) => recordId)).size).toBe(450);
    expect(seen.every(({ request, effect }) => request?.url.endsWith(effect?.target?.id ?? '?'))).toBe(true);

    const calls = seen.map(({ runId, n, step }) => ({ runId, n, step }));
    const decide = async (some: typeof calls) =>
      app.send('POST', '/unclear-calls/decisions', { token, body: { choice: 'leave', calls: some } });
    expect((await decide(calls)).statusCode).toBe(400);
    for (let i = 0; i < calls.length; i += 200) {
      const some = calls.slice(i, i + 200);
      expect((await decide(some)).json()).toEqual({ settled: some.length, refused: [] });
    }

    const left = await app.send('GET', '/unclear-calls', { token });
    expect(left.json<{ total: number }>().total).toBe(0);
    const run = await endOf(app, 'run_1');
    expect(run).toMatchObject({ status: 'failed', counts: { failed: 450 } });
  });
});

describe('two operators at the desk', () => {
  async function twoAtTheDesk() {
    const { app, list } = await desk();
    const { cookie: ada } = await signInAda(app);
    const { cookie: ben } = await addOperator(app, 'Ben', 'admin');
    const decide = (cookie: string, choice: string, runId: string, n: number) =>
      app.send('POST', '/unclear-calls/decisions', {
        cookie,
        body: { choice, calls: [{ runId, n, step: 1 }] },
      });
    const inRun = (cookie: string, choice: string, runId: string, n: number) =>
      app.send('POST', `/runs/${runId}/records/${n}/resolution`, { cookie, body: { choice, step: 1 } });
    return { app, list, ada, ben, decide, inRun };
  }

  test('who decide about the same call at once: one is heard, the other told by whom', async () => {
    const { ada, ben, decide, list } = await twoAtTheDesk();

    const answers = await Promise.all([
      decide(ada, 'leave', 'run_1', 1),
      decide(ben, 'it_happened', 'run_1', 1),
    ]);
    const [first, second] = answers.map((answer) => answer.json<UnclearDecided>());

    expect(first).toEqual({ settled: 1, refused: [] });
    expect(second).toMatchObject({
      settled: 0,
      refused: [
        { reason: 'Ada Lovelace decided about this call already: left as it is. Look at the record again.' },
      ],
    });
    expect((await list()).total).toBe(2);
  });

  test('one of them in the run itself: the other one is refused with the reason', async () => {
    const { ada, ben, inRun } = await twoAtTheDesk();

    const [first, second] = await Promise.all([
      inRun(ben, 'it_happened', 'run_1', 2),
      inRun(ada, 'leave', 'run_1', 2),
    ]);

    expect(first.statusCode).toBe(200);
    expect([second.statusCode, second.json<{ detail: string }>().detail]).toEqual([
      409,
      'Ben decided about this call already: it happened. Look at the record again.',
    ]);
  });

  test('who decide about different calls of one ended run are both heard', async () => {
    const { app, ada, ben, decide } = await twoAtTheDesk();

    const answers = await Promise.all([
      decide(ada, 'leave', 'run_1', 1),
      decide(ben, 'it_happened', 'run_1', 2),
    ]);

    expect(answers.map((answer) => answer.json<UnclearDecided>().settled)).toEqual([1, 1]);
    const run = await endOf(app, 'run_1');
    expect(run.counts).toMatchObject({ succeeded: 1, failed: 1 });
  });
});
