import { describe, expect, test } from 'vitest';
import type { ApprovalView, Notification } from '#contract';
import { newId } from '#domain/ids';
import type { Asker, NewApproval } from '#engine/approval-ports';
import { createApprovals } from '#engine/approvals';
import { createApprovalStore } from '../../server/store/approvals.ts';
import { createOperatorStore } from '../../server/store/operators.ts';
import { mails } from '../../server/store/schema.ts';
import { ada, buildTestApp, type TestApp } from '../support/build-app.ts';
import { addOperator, signInAda } from '../support/operators.ts';

const hourMs = 3_600_000;

/** Approvals of another process on the same database. */
const approvalsOf = ({ database, clock }: TestApp, sendsMail = false) =>
  createApprovals({
    store: createApprovalStore(database, newId),
    operators: createOperatorStore(database),
    audit: { add: async () => {} },
    ...{ clock, newId, sendsMail, publicUrl: 'https://rollcall.acme.test' },
    events: { listChanged: () => {} },
  });

const ask = (app: TestApp, by: Asker, change: Partial<NewApproval> = {}, sendsMail = false) =>
  approvalsOf(app, sendsMail).request({
    kind: 'plan',
    title: 'Delete 40 accounts',
    subject: { effects: 40 },
    confirmation: 'I alone delete 40 accounts',
    by,
    ...change,
  });

const approve = { decision: 'approve', reason: 'Looked at all of them.' };
const decide = (app: TestApp, id: string, cookie: string, body: object = approve) =>
  app.send('PUT', `/approvals/${id}/decision`, { cookie, body });

describe('a request', () => {
  test('is shown with who can agree, and told to them', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const grace = await addOperator(app, 'Grace', 'approver');
    await addOperator(app, 'Linus', 'author');
    const { id } = await ask(app, one);

    const seen = (await app.send('GET', `/approvals/${id}`, { cookie: one.cookie })).json<ApprovalView>();
    expect(seen).toMatchObject({
      deciders: [{ name: 'Grace' }],
      obstacle: expect.stringContaining('yourself'),
      needsTyping: false,
      coolsUntil: null,
    });
    const page = (await app.send('GET', '/approvals?status=waiting', { cookie: grace.cookie })).json();
    expect(page).toMatchObject({ waiting: 1, total: 1, items: [{ id, obstacle: null }] });
    const notes = (await app.send('GET', '/notifications', { cookie: grace.cookie })).json();
    expect(notes.items.map((each: Notification) => each.link)).toEqual([`/approvals/${id}`]);
    const own = (await app.send('GET', '/notifications', { cookie: one.cookie })).json();
    expect(own.items).toEqual([]);
  });

  test('is sent by e-mail to everybody who can agree', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    await addOperator(app, 'Grace', 'approver');
    const { id } = await ask(app, one, {}, true);

    const sent = app.database.select().from(mails).all();
    expect(sent.map(({ recipient }) => recipient)).toEqual(['grace@acme.test']);
    expect(sent[0]?.text).toContain(`https://rollcall.acme.test/approvals/${id}`);
  });

  test('that waits already is not made twice', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);

    const [a, b] = [await ask(app, one), await ask(app, one)];
    const c = await ask(app, one, { subject: { effects: 41 } });

    expect(b.id).toBe(a.id);
    expect(c.id).not.toBe(a.id);
  });

  test('is taken back by who asked, and by nobody else', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const grace = await addOperator(app, 'Grace', 'admin');
    const { id } = await ask(app, one);

    expect((await app.send('DELETE', `/approvals/${id}`, { cookie: grace.cookie })).statusCode).toBe(403);
    expect((await app.send('DELETE', `/approvals/${id}`, { cookie: one.cookie })).statusCode).toBe(204);
    expect((await decide(app, id, grace.cookie)).statusCode).toBe(409);
  });

  test('waits for 72 hours', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    await addOperator(app, 'Grace', 'approver');
    const { id } = await ask(app, one);

    app.clock.set(app.clock.now() + 72 * hourMs);
    await approvalsOf(app).settle();

    const cookie = await app.signIn();
    const seen = (await app.send('GET', `/approvals/${id}`, { cookie })).json();
    expect(seen).toMatchObject({ status: 'expired', decidedBy: null });
  });
});

describe('a decision', () => {
  test('by a second person approves, is told, and is used once', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const grace = await addOperator(app, 'Grace', 'approver');
    const { id, hash } = await ask(app, one);

    const decided = await decide(app, id, grace.cookie);

    expect(decided.json()).toMatchObject({
      status: 'approved',
      decidedByName: 'Grace',
      reason: approve.reason,
    });
    const notes = (await app.send('GET', '/notifications', { cookie: one.cookie })).json();
    expect(notes.items[0]).toMatchObject({ title: 'Grace agreed: Delete 40 accounts' });
    const other = approvalsOf(app);
    await expect(other.consume(id, 'another hash')).rejects.toMatchObject({ code: 'conflict' });
    await other.consume(id, hash);
    await expect(other.consume(id, hash)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('to deny ends it', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const grace = await addOperator(app, 'Grace', 'approver');
    const { id } = await ask(app, one);

    const body = { decision: 'deny', reason: 'Wrong people.' };
    expect((await decide(app, id, grace.cookie, body)).json()).toMatchObject({ status: 'denied' });
    expect((await decide(app, id, grace.cookie)).statusCode).toBe(409);
  });

  test('needs a sign-in of the last 15 minutes, or the password again', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const grace = await addOperator(app, 'Grace', 'approver');
    const { id } = await ask(app, one);
    app.clock.set(app.clock.now() + hourMs / 4 + 1);

    const stale = await decide(app, id, grace.cookie);
    expect(stale.json()).toMatchObject({ status: 403, place: 'step-up' });
    const confirm = (password: string) =>
      app.send('PUT', '/session/confirmation', { cookie: grace.cookie, body: { password } });
    expect((await confirm('a guess')).json()).toMatchObject({ status: 403, place: 'password' });
    expect((await decide(app, id, grace.cookie)).statusCode).toBe(403);
    expect((await confirm(ada.password)).statusCode).toBe(204);
    expect((await decide(app, id, grace.cookie)).statusCode).toBe(200);
  });

  test('about a first call may be taken by who asked: it is a look', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const { id, coolsUntil } = await ask(app, one, { kind: 'canary' });

    expect(coolsUntil).toBeNull();
    expect((await decide(app, id, one.cookie)).json()).toMatchObject({ status: 'approved' });
  });
});

describe('a single operator', () => {
  const waitADay = (app: TestApp) => {
    app.clock.set(app.clock.now() + 24 * hourMs);
    return app.signIn();
  };

  test('agrees alone after a day, by typing', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const { id, confirmation } = await ask(app, one);
    const typed = { ...approve, typed: confirmation };

    expect((await decide(app, id, one.cookie, typed)).statusCode).toBe(403);
    const cookie = await waitADay(app);
    expect((await app.send('GET', `/approvals/${id}`, { cookie })).json()).toMatchObject({
      deciders: [],
      obstacle: null,
      needsTyping: true,
    });
    expect((await decide(app, id, cookie)).json()).toMatchObject({ status: 400, place: 'typed' });
    expect((await decide(app, id, cookie, typed)).json()).toMatchObject({ status: 'approved' });
  });

  test('is not helped by an account made meanwhile, and is not hindered by it', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const { id, confirmation } = await ask(app, one);
    const second = await addOperator(app, 'Grace', 'admin', { by: one.id, days: 0 });

    expect((await decide(app, id, second.cookie)).statusCode).toBe(403);
    const cookie = await waitADay(app);
    expect((await decide(app, id, cookie, { ...approve, typed: confirmation })).statusCode).toBe(200);
  });

  test('does not agree alone any more when somebody else can', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const { id, confirmation } = await ask(app, one);
    await addOperator(app, 'Grace', 'approver');

    const cookie = await waitADay(app);

    expect((await decide(app, id, cookie, { ...approve, typed: confirmation })).statusCode).toBe(403);
  });
});
