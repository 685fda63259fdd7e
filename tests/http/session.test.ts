import { describe, expect, test } from 'vitest';
import type { SessionState } from '#contract';
import { ada, buildTestApp } from '../support/build-app.ts';

const hourMs = 3_600_000;

test('neither the first owner nor a sign-in is taken from a page of another site', async () => {
  const app = await buildTestApp();
  const code = await app.access.newSetupCode();
  const headers = { origin: 'https://evil.test' };

  const setUp = await app.send('POST', '/setup', { body: { ...ada, code }, headers });
  expect(setUp.statusCode).toBe(403);
  expect((await app.send('POST', '/setup', { body: { ...ada, code } })).statusCode).toBe(201);

  const { email, password } = ada;
  const signIn = await app.send('POST', '/session', { body: { email, password }, headers });
  expect(signIn.statusCode).toBe(403);
  expect(signIn.cookies).toEqual([]);
});

describe('the first owner', () => {
  test('is made by the one-time code, and is signed in', async () => {
    const app = await buildTestApp();
    const code = await app.access.newSetupCode();

    const response = await app.send('POST', '/setup', { body: { code, ...ada } });

    expect(response.statusCode).toBe(201);
    const [cookie] = response.cookies;
    expect(cookie).toMatchObject({ name: 'rollcall', httpOnly: true, sameSite: 'Lax', path: '/' });
    const state = await app.send('GET', '/session', { cookie: `${cookie?.name}=${cookie?.value}` });
    expect(state.json<SessionState>()).toMatchObject({
      isSetUp: true,
      operator: { email: ada.email, role: 'owner' },
    });
  });

  test('cannot be made with a wrong code, with the code of an earlier start, or twice', async () => {
    const app = await buildTestApp();
    const before = await app.access.newSetupCode();
    const code = await app.access.newSetupCode();

    expect((await app.send('POST', '/setup', { body: { ...ada, code: 'guess' } })).statusCode).toBe(403);
    expect((await app.send('POST', '/setup', { body: { ...ada, code: before } })).statusCode).toBe(403);
    expect((await app.send('POST', '/setup', { body: { ...ada, code } })).statusCode).toBe(201);
    expect((await app.send('POST', '/setup', { body: { ...ada, code } })).statusCode).toBe(403);
    expect(await app.access.newSetupCode()).toBeUndefined();
  });

  test('must have a password of some length', async () => {
    const app = await buildTestApp();
    const code = await app.access.newSetupCode();

    const response = await app.send('POST', '/setup', { body: { ...ada, code, password: 'short' } });

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid', place: 'password' });
  });
});

describe('signing in', () => {
  test('says the same for a wrong password and for an unknown address', async () => {
    const app = await buildTestApp();
    await app.signIn();
    const wrong = { email: ada.email, password: 'not this one' };
    const unknown = { email: 'nobody@acme.test', password: 'not this one' };

    const [a, b] = [
      await app.send('POST', '/session', { body: wrong }),
      await app.send('POST', '/session', { body: unknown }),
    ];

    expect(a.statusCode).toBe(401);
    expect(a.json()).toEqual(b.json());
  });

  test('is slowed after ten attempts', async () => {
    const app = await buildTestApp();
    const body = { email: ada.email, password: 'a guess' };
    for (let i = 0; i < 10; i += 1) await app.send('POST', '/session', { body });

    const response = await app.send('POST', '/session', { body });

    expect(response.statusCode).toBe(429);
    expect(response.json()).toMatchObject({ code: 'rate_limited' });
  });

  test('gives a new session each time, and signing out ends it', async () => {
    const app = await buildTestApp();
    const first = await app.signIn();
    const second = await app.signIn();
    expect(first).not.toBe(second);

    await app.send('DELETE', '/session', { cookie: second });

    expect((await app.send('GET', '/people', { cookie: second })).statusCode).toBe(401);
    expect((await app.send('GET', '/people', { cookie: first })).statusCode).toBe(200);
  });

  test('ends after 12 hours without a request', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const start = app.clock.now();

    app.clock.set(start + 11 * hourMs);
    expect((await app.send('GET', '/people', { cookie })).statusCode).toBe(200);
    app.clock.set(start + 22 * hourMs);
    expect((await app.send('GET', '/people', { cookie })).statusCode).toBe(200);
    app.clock.set(start + 35 * hourMs);
    expect((await app.send('GET', '/people', { cookie })).statusCode).toBe(401);
  });

  test('ends after seven days, however busy', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const start = app.clock.now();
    let status = 200;
    for (let hours = 0; hours <= 7 * 24; hours += 8) {
      app.clock.set(start + hours * hourMs);
      status = (await app.send('GET', '/people', { cookie })).statusCode;
      if (hours < 7 * 24) expect(status).toBe(200);
    }

    expect(status).toBe(401);
  });

  test('uses a cookie bound to host and https where the server is reached by https', async () => {
    const app = await buildTestApp({ ROLLCALL_PUBLIC_URL: 'https://rollcall.acme.test' });
    const code = await app.access.newSetupCode();

    const response = await app.send('POST', '/setup', { body: { code, ...ada } });

    expect(response.cookies[0]).toMatchObject({ name: '__Host-rollcall', secure: true, path: '/' });
  });

  test('stores no secret that opens a session', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const token = await app.token('admin');

    const stored = app.database.$client
      .prepare('SELECT id_hash, content FROM sessions UNION ALL SELECT hash, name FROM tokens')
      .all();

    expect(JSON.stringify(stored)).not.toContain(cookie.split('=')[1]);
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});

describe('tokens', () => {
  test('open the API without our header, until they expire', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer', app.clock.now() + hourMs);

    expect((await app.send('GET', '/people', { token })).statusCode).toBe(200);
    app.clock.set(app.clock.now() + hourMs);
    expect((await app.send('GET', '/people', { token })).statusCode).toBe(401);
  });

  test.each(['', 'rct_', 'rct_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(5_000)])(
    'a made-up one is refused (%#)',
    async (token) => {
      const app = await buildTestApp();

      expect((await app.send('GET', '/people', { token })).statusCode).toBe(401);
    },
  );

  test('a wrong one is not helped by a valid cookie beside it', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();

    expect((await app.send('GET', '/people', { cookie, token: 'rct_no' })).statusCode).toBe(401);
  });
});
