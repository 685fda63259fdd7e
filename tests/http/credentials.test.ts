import { expect, test } from 'vitest';
import type { CredentialDetails } from '#contract';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

const planhat = (url: string, change: object = {}) => ({
  name: 'Planhat',
  vendorId: 'planhat',
  kind: 'bearer',
  token: 'planted-token-1',
  baseUrl: url,
  ...change,
});

async function startApp() {
  const vendor = await startVendorServer((seen, response) => {
    const isKnown = seen.headers.authorization === 'Bearer planted-token-1';
    sendJson(response, isKnown ? 200 : 401, { echo: seen.headers.authorization });
  });
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: vendor.host });
  const token = await app.token('admin');
  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    await app.send(method, path, { token, ...(body === undefined ? {} : { body }) });
  return { vendor, app, send };
}

test('a credential without a login is made, tested, changed and removed', async () => {
  const { vendor, send } = await startApp();

  const made = await send('POST', '/credentials', planhat(vendor.url));
  const { credential, hosts } = made.json<CredentialDetails>();
  const path = `/credentials/${credential.id}`;
  const tested = await send('POST', `${path}/test`);
  const renamed = await send('PATCH', path, planhat(vendor.url, { name: 'Planhat EU', token: undefined }));
  const replaced = await send('PATCH', path, planhat(vendor.url, { token: 'planted-token-2' }));
  const refused = await send('POST', `${path}/test`);
  const after = await send('GET', path);
  const removed = await send('DELETE', path);

  expect(made.statusCode).toBe(201);
  expect(credential).toMatchObject({
    kind: 'bearer',
    status: 'authenticated',
    hasSecret: true,
    clientId: '',
  });
  expect(hosts).toEqual([vendor.host]);
  expect(tested.json()).toEqual({ isOk: true, message: expect.stringContaining('works') });
  expect(renamed.json()).toMatchObject({ credential: { name: 'Planhat EU', status: 'authenticated' } });
  expect(replaced.statusCode).toBe(200);
  expect(refused.json()).toMatchObject({ isOk: false });
  expect(after.json()).toMatchObject({ credential: { status: 'failed' } });
  expect(removed.statusCode).toBe(204);
  for (const reply of [made, tested, renamed, replaced, refused, after]) {
    expect(reply.body).not.toContain('planted-token');
  }
});

test('how fast it may be used stays as it is where a change does not say it', async () => {
  const { vendor, send } = await startApp();
  const slow = planhat(vendor.url, { perSecond: 2.5, atOnce: 3 });
  const { credential } = (await send('POST', '/credentials', slow)).json<CredentialDetails>();
  const path = `/credentials/${credential.id}`;
  const rename = planhat(vendor.url, { name: 'Planhat EU', token: undefined });

  const renamed = await send('PATCH', path, rename);
  const freed = await send('PATCH', path, { ...rename, perSecond: null });

  expect(renamed.json()).toMatchObject({ credential: { perSecond: 2.5, atOnce: 3 } });
  expect(freed.json()).toMatchObject({ credential: { perSecond: null, atOnce: 3 } });
});

test.each([
  [{ token: undefined }, 'token'],
  [{ token: 'short' }, 'token'],
  [{ kind: 'basic', token: undefined, password: 'long enough' }, 'kind'],
  [{ kind: 'oauth2', token: undefined, clientId: 'a', clientSecret: 'b' }, 'authorizeUrl'],
  [{ baseUrl: 'https://169.254.169.254/' }, 'baseUrl'],
])('what cannot be is told at its place: %o', async (change, place) => {
  const { vendor, send } = await startApp();

  const reply = await send('POST', '/credentials', planhat(vendor.url, change));

  expect(reply.statusCode).toBe(400);
  expect(reply.json<{ place: string }>().place).toContain(place);
});

test('60 planted secrets appear in no answer, and in no byte of the database', async () => {
  const { app, secrets } = await plantSecrets(20);
  const token = await app.token('admin');
  const lists = ['credentials', 'notifications', 'overview', 'integrations', 'openapi.json'];
  const ids = app.database.$client.prepare('select id from credentials').pluck().all();
  const paths = [...lists, ...ids.map((id) => `credentials/${String(id)}`)];

  const bodies = await Promise.all(
    paths.map(async (path) => {
      const reply = await app.send('GET', `/${path}`, { token });
      expect(reply.statusCode, path).toBe(200);
      return reply.body;
    }),
  );
  const stored = app.database.$client.serialize().toString('latin1');

  expect(secrets).toHaveLength(60);
  const spellings = secrets.flatMap((secret) => [secret, toBase64(secret), encodeURIComponent(secret)]);
  const seen = spellings.filter(
    (text) => stored.includes(text) || bodies.some((body) => body.includes(text)),
  );
  expect(seen).toEqual([]);
});

const toBase64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');

/**
 * Logs credentials in at a vendor that repeats what it is sent in all its answers; each has a client secret, an access
 * and a refresh token of its own.
 */
async function plantSecrets(count: number): Promise<{ app: TestApp; secrets: string[] }> {
  const vendor = await startVendorServer((seen, response) => {
    const form = new URLSearchParams(seen.body);
    const id = form.get('client_id');
    if (id !== null) {
      const tokens = { access_token: `access/${id}/canary`, refresh_token: `refresh/${id}/canary` };
      return sendJson(response, 200, { ...tokens, expires_in: 3600 });
    }
    sendJson(response, 403, { message: `You sent ${seen.headers.authorization}` });
  });
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: vendor.host });
  const cookie = await app.signIn();
  const secrets: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const clientId = `client-${n}`;
    const clientSecret = `secret/${clientId}/canary`;
    const body = {
      ...{ name: clientId, vendorId: 'webex', clientId, clientSecret, baseUrl: vendor.url },
      ...{ authorizeUrl: `${vendor.url}/authorize`, tokenUrl: `${vendor.url}/token` },
    };
    const made = await app.send('POST', '/credentials', { cookie, body });
    const path = `/credentials/${made.json<CredentialDetails>().credential.id}`;
    const begun = await app.send('POST', `${path}/authorization`, { cookie, body: {} });
    const { searchParams } = new URL(begun.json<{ authorizeUrl: string }>().authorizeUrl);
    await app.send('GET', `/oauth/callback?code=a&state=${searchParams.get('state')}`, { cookie });
    const tested = await app.send('POST', `${path}/test`, { cookie, body: {} });
    expect(tested.json()).toMatchObject({ isOk: false });
    secrets.push(clientSecret, `access/${clientId}/canary`, `refresh/${clientId}/canary`);
  }
  return { app, secrets };
}
