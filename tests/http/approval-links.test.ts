import { describe, expect, test } from 'vitest';
import { approvals, mails, operators } from '../../server/store/schema.ts';
import { buildTestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';

const graph = aGraph(
  {
    begin: ['begin'],
    ask: ['approval', { question: 'Remove them?', operatorIds: ['opr_1', 'opr_2'], roles: [], hours: 2 }],
    yes: ['notify', { when: 'each', title: 'Went', message: 'yes' }],
    no: ['notify', { when: 'each', title: 'Went', message: 'no' }],
    late: ['notify', { when: 'each', title: 'Went', message: 'late' }],
  },
  ['begin.next > ask', 'ask.approved > yes', 'ask.denied > no', 'ask.expired > late'],
);

/** A run that asks Ada and Grace by e-mail, and what their links hold. */
async function asked() {
  const app = await buildTestApp({
    ROLLCALL_SMTP_URL: 'smtp://127.0.0.1:9',
    ROLLCALL_MAIL_FROM: 'rollcall@acme.test',
  });
  const { database } = app;
  addAccounts(database, [{ name: 'ada' }, { name: 'grace' }]);
  for (const n of [1, 2]) {
    const who = { id: `opr_${n}`, name: `Operator ${n}`, email: `opr_${n}@acme.test`, role: 'approver' };
    database
      .insert(operators)
      .values({ ...who, passwordHash: '', createdAt: 0 })
      .run();
  }
  addWorkflow(database, graph);
  const token = await app.token('operator');
  await app.send('POST', '/workflows/wf_1/runs', { token, body: {} });
  let letters: { recipient: string; text: string }[] = [];
  for (let turn = 0; letters.length < 2 && turn < 2_000; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    letters = database.select().from(mails).all();
  }
  const linkOf = (n: number): string =>
    /answer\?token=(\S+)/.exec(
      letters.find(({ recipient }) => recipient === `opr_${n}@acme.test`)?.text ?? '',
    )?.[1] ?? '';
  const look = (link: string) => app.send('POST', '/approval-links/look', { body: { token: link } });
  const answer = (link: string, decision = 'approve') =>
    app.send('POST', '/approval-links/decision', { body: { token: link, decision, reason: 'By mail' } });
  const went = async (count: number): Promise<string[]> => {
    for (;;) {
      const found = database.$client
        .prepare("SELECT message FROM notifications WHERE title = 'Went'")
        .pluck()
        .all() as string[];
      if (found.length >= count) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { app, linkOf, look, answer, went, first: linkOf(1), second: linkOf(2) };
}

describe('the link in the e-mail of a question', () => {
  test('shows it without signing in, and decides nothing by being opened', async () => {
    const { look, first, went } = await asked();

    for (let i = 0; i < 3; i += 1) {
      expect((await look(first)).json()).toMatchObject({
        title: 'Remove them?',
        status: 'waiting',
        operatorName: 'Operator 1',
        obstacle: null,
        records: { count: 2, labels: ['ada@acme.test', 'grace@acme.test'] },
      });
    }
    expect(await went(0)).toEqual([]);
  });

  test('takes one answer in the name of its owner, whoever else has a link', async () => {
    const { app, answer, look, first, second, went } = await asked();

    expect((await answer(first)).statusCode).toBe(200);
    expect(await went(2)).toEqual(['yes', 'yes']);
    const again = await answer(first, 'deny');
    expect([again.statusCode, again.json().detail]).toEqual([409, expect.stringMatching(/Operator 1/)]);
    expect((await answer(second, 'deny')).statusCode).toBe(409);
    expect((await look(second)).json()).toMatchObject({ status: 'used', decidedByName: 'Operator 1' });
    expect(app.database.select().from(approvals).all()).toMatchObject([
      { decidedBy: 'opr_1', reason: 'By mail' },
    ]);
  });

  test('says no as well', async () => {
    const { answer, first, went } = await asked();
    await answer(first, 'deny');

    expect(await went(2)).toEqual(['no', 'no']);
  });

  test('is over when the question is', async () => {
    const { app, answer, look, first } = await asked();
    app.clock.set(app.clock.now() + 2 * 3_600_000);

    expect((await answer(first)).statusCode).toBe(409);
    expect((await look(first)).json()).toMatchObject({ status: 'expired' });
  });

  test.each<[string, (first: string, second: string) => string]>([
    ['with another end', (first) => `${first.slice(0, -2)}${first.endsWith('A') ? 'BB' : 'AA'}`],
    [
      'for somebody else',
      (first, second) => [...second.split('.').slice(0, 2), first.split('.')[2]].join('.'),
    ],
    ['cut off', (first) => first.split('.').slice(0, 2).join('.')],
    ['that is none', () => 'x'],
  ])('%s is good for nothing', async (_what, change) => {
    const { look, answer, first, second, went } = await asked();
    const altered = change(first, second);

    expect((await look(altered)).statusCode).toBe(404);
    expect((await answer(altered)).statusCode).toBe(404);
    expect(await went(0)).toEqual([]);
  });

  test('is good for exactly what was asked', async () => {
    const { app, look, first } = await asked();
    app.database.update(approvals).set({ hash: 'another' }).run();

    expect((await look(first)).statusCode).toBe(404);
  });

  test('is good for nothing once its owner is no operator any more, or may not agree', async () => {
    const { app, answer, first, second } = await asked();
    app.database.$client.exec(
      "DELETE FROM operators WHERE id = 'opr_1'; UPDATE operators SET role = 'viewer'",
    );

    expect((await answer(first)).statusCode).toBe(404);
    expect((await answer(second)).statusCode).toBe(403);
  });

  test('decides nothing that needs a second person', async () => {
    const { app, look, answer, first } = await asked();
    app.database.update(approvals).set({ kind: 'activation' }).run();

    expect([(await look(first)).statusCode, (await answer(first)).statusCode]).toEqual([404, 404]);
  });
});
