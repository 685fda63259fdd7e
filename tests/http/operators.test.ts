import { describe, expect, test } from 'vitest';
import type { OperatorInvitation, OperatorsList, SafetyState } from '#contract';
import { guardState } from '../../server/store/schema.ts';
import { ada, buildTestApp, type TestApp } from '../support/build-app.ts';
import { addOperator, type Signed, signInAda } from '../support/operators.ts';

const grace = { name: 'Grace Hopper', email: 'Grace@acme.test', role: 'approver' };
const password = 'a password of her own';
const dayMs = 86_400_000;

const invite = (app: TestApp, by: Signed, body: object = grace) =>
  app.send('POST', '/operators', { cookie: by.cookie, body });
const codeOf = ({ link }: OperatorInvitation): string => new URL(link).searchParams.get('code') ?? '';
const accept = (app: TestApp, code: string) =>
  app.send('POST', '/invitations/acceptance', { body: { code, password } });
const listOf = async (app: TestApp, { cookie }: Signed): Promise<OperatorsList> =>
  (await app.send('GET', '/operators', { cookie })).json();

describe('an invitation', () => {
  test('is a link that makes an operator once', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const made = (await invite(app, one)).json<OperatorInvitation>();
    expect(made).toMatchObject({ isMailed: false, link: expect.stringContaining('/invitation?code=') });
    const code = codeOf(made);

    const look = await app.send('POST', '/invitations/look', { body: { code } });
    expect(look.json()).toMatchObject({ name: grace.name, email: 'grace@acme.test' });
    const accepted = await accept(app, code);
    expect(accepted.statusCode).toBe(201);
    expect(accepted.cookies[0]).toMatchObject({ name: 'rollcall', httpOnly: true });
    expect((await accept(app, code)).json()).toMatchObject({ status: 403, place: 'code' });
    const { operators, invitations } = await listOf(app, one);
    expect(operators.map(({ email, role }) => [email, role])).toEqual([
      [ada.email, 'owner'],
      ['grace@acme.test', 'approver'],
    ]);
    expect(invitations).toEqual([]);
    const signIn = { email: 'grace@acme.test', password };
    expect((await app.send('POST', '/session', { body: signIn })).statusCode).toBe(201);
  });

  test.each<[string, (app: TestApp, one: Signed, made: OperatorInvitation) => Promise<unknown>]>([
    ['is over after seven days', async (app) => app.clock.set(app.clock.now() + 7 * dayMs)],
    [
      'can be withdrawn',
      async (app, { cookie }, { invitation }) =>
        app.send('DELETE', `/invitations/${invitation.id}`, { cookie }),
    ],
    ['is void after a new one', async (app, one) => invite(app, one)],
    [
      'of somebody who is removed is void',
      async (app, one) => {
        const linus = (await listOf(app, one)).operators.find(({ name }) => name === 'Linus');
        await app.send('DELETE', `/operators/${linus?.id}`, { cookie: one.cookie });
      },
    ],
  ])('%s', async (_name, end) => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const linus = await addOperator(app, 'Linus', 'admin');
    const made = (await invite(app, linus)).json<OperatorInvitation>();

    await end(app, one, made);

    expect((await accept(app, codeOf(made))).statusCode).toBe(403);
  });

  test('is not given to somebody who is an operator', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);

    expect((await invite(app, one, { ...grace, email: ada.email })).json()).toMatchObject({
      status: 409,
      place: 'email',
    });
  });

  test('is mailed where the server sends e-mails', async () => {
    const app = await buildTestApp({
      ROLLCALL_SMTP_URL: 'smtp://127.0.0.1:2525',
      ROLLCALL_MAIL_FROM: 'rollcall@acme.test',
    });
    const one = await signInAda(app);

    const made = (await invite(app, one)).json<OperatorInvitation>();

    const [mail] = app.database.$client.prepare('SELECT recipient, text FROM mails').all();
    expect(made.isMailed).toBe(true);
    expect(mail).toMatchObject({ recipient: 'grace@acme.test', text: expect.stringContaining(made.link) });
  });

  test('stores nothing that opens the door', async () => {
    const app = await buildTestApp();
    const made = (await invite(app, await signInAda(app))).json<OperatorInvitation>();

    const rows = app.database.$client.prepare('SELECT * FROM invitations').all();

    expect(JSON.stringify(rows)).not.toContain(codeOf(made));
  });
});

describe('a role', () => {
  test('is changed by somebody else, at once', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const linus = await addOperator(app, 'Linus', 'viewer');
    const body = { role: 'author' };

    const own = await app.send('PUT', `/operators/${one.id}/role`, { cookie: one.cookie, body });
    expect(own.statusCode).toBe(403);
    await app.send('PUT', `/operators/${linus.id}/role`, { cookie: one.cookie, body });
    const added = { name: 'Mine', records: { kind: 'people' } };
    expect((await app.send('POST', '/workflows', { cookie: linus.cookie, body: added })).statusCode).toBe(
      201,
    );
  });

  test('of an owner is given and taken by owners only', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const linus = await addOperator(app, 'Linus', 'admin');
    const token = await app.token('admin');
    const put = (who: object, id: string, role: string) =>
      app.send('PUT', `/operators/${id}/role`, { ...who, body: { role } });

    expect((await put({ cookie: linus.cookie }, one.id, 'viewer')).statusCode).toBe(403);
    expect((await put({ token }, linus.id, 'owner')).statusCode).toBe(403);
    expect((await invite(app, linus, { ...grace, role: 'owner' })).statusCode).toBe(403);
    expect((await put({ cookie: one.cookie }, linus.id, 'owner')).statusCode).toBe(200);
    expect((await put({ cookie: linus.cookie }, one.id, 'viewer')).statusCode).toBe(200);
  });
});

describe('a removed operator', () => {
  test('is out at once, and what they asked for is taken back', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const linus = await addOperator(app, 'Linus', 'admin');
    const boss = await addOperator(app, 'Boss', 'approver');
    const { settings, base } = (
      await app.send('GET', '/safety', { cookie: linus.cookie })
    ).json<SafetyState>();
    const body = { base, settings: { ...settings, hasCanary: false } };
    const { id } = (await app.send('PUT', '/safety/settings', { cookie: linus.cookie, body })).json();

    const removed = await app.send('DELETE', `/operators/${linus.id}`, { cookie: one.cookie });

    expect(removed.statusCode).toBe(204);
    expect((await app.send('GET', '/people', { cookie: linus.cookie })).statusCode).toBe(401);
    const agreed = await app.send('PUT', `/approvals/${id}/decision`, {
      cookie: boss.cookie,
      body: { decision: 'approve' },
    });
    expect(agreed.statusCode).toBe(403);
  });

  test('is never oneself, and never the last owner', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const linus = await addOperator(app, 'Linus', 'owner');
    const remove = (by: Signed, id: string) => app.send('DELETE', `/operators/${id}`, { cookie: by.cookie });

    expect((await remove(one, one.id)).statusCode).toBe(403);
    expect((await remove(one, linus.id)).statusCode).toBe(204);
    expect((await listOf(app, one)).operators).toHaveLength(1);
  });

  test('and a new one are known to the guard: it protects their addresses', async () => {
    const app = await buildTestApp();
    const one = await signInAda(app);
    const generation = () => app.database.select().from(guardState).get()?.generation ?? 0;
    const before = generation();
    const made = (await invite(app, one)).json<OperatorInvitation>();
    const { id } = (await accept(app, codeOf(made))).json();
    expect(generation()).toBe(before + 1);

    await app.send('DELETE', `/operators/${id}`, { cookie: one.cookie });

    expect(generation()).toBe(before + 2);
  });
});
