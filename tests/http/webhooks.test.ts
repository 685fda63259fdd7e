import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { begin } from '#blocks/begin';
import { signWebhook } from '#engine/webhook-signature';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';

const body = JSON.stringify({ user: { email: 'ada@acme.test' } });
const webhook = { trigger: 'webhook', webhookPath: 'user.email', webhookField: 'email' };

async function opened(settings: Record<string, unknown> = {}) {
  const app = await buildTestApp();
  addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(
    app.database,
    aGraph({ begin: ['begin', { ...webhook, ...settings }], end: ['end'] }, ['begin.next > end']),
    { kind: 'people' },
  );
  const token = await app.token('author');
  const renew = async (): Promise<string> =>
    (await app.send('POST', '/workflows/wf_1/webhook', { token })).json().secret;
  return { app, token, renew, secret: await renew() };
}

interface Call {
  secret: string;
  id?: string;
  timestamp?: string;
  body?: string;
  workflow?: string;
  headers?: Record<string, string>;
}

function call(app: TestApp, { secret, id = 'call-1', body: sent = body, workflow = 'wf_1', ...more }: Call) {
  const { timestamp = String(Math.floor(app.clock.now() / 1000)), headers = {} } = more;
  return app.http.inject({
    method: 'POST',
    url: `/api/v1/hooks/${workflow}`,
    headers: {
      'content-type': 'application/json',
      'x-rollcall-id': id,
      'x-rollcall-timestamp': timestamp,
      'x-rollcall-signature': signWebhook(secret, { timestamp, id, body: sent }),
      ...headers,
    },
    payload: sent,
  });
}

const runs = ({ database }: TestApp) =>
  database.$client.prepare('SELECT id, started_by, lane, record_ids FROM runs ORDER BY key').all();

describe('a signed call', () => {
  test('starts a run for the record that it names, which is stored when the answer comes', async () => {
    const { app, secret, token } = await opened();

    const response = await call(app, { secret });

    expect(response.statusCode).toBe(202);
    expect(runs(app)).toEqual([
      { id: response.json().runId, started_by: 'Webhook', lane: 'event', record_ids: '["per_ada"]' },
    ]);
    const view = (await app.send('GET', '/workflows/wf_1/webhook', { token })).json();
    expect(view).toMatchObject({ hasSecret: true, createdBy: 'A author', lastCallAt: expect.any(String) });
    expect(JSON.stringify(view)).not.toContain(secret);
  });

  test('that comes again starts nothing, and is told which run it was', async () => {
    const { app, secret } = await opened();
    const [first, second] = await Promise.all([call(app, { secret }), call(app, { secret })]);
    const third = await call(app, { secret });

    expect([first?.statusCode, second?.statusCode].toSorted()).toEqual([200, 202]);
    expect(third.json()).toEqual({ runId: first?.json().runId, isRepeat: true });
    expect(runs(app)).toHaveLength(1);
  });

  test.each([
    ['a body that is no JSON', 'nonsense', 400, /is not JSON/],
    ['a body that names nobody', '{}', 400, /no text and no number at "user.email"/],
    ['a record that is not there', '{"user":{"email":"linus@acme.test"}}', 400, /No record has this value/],
    ['a polluted body', '{"__proto__":{"user":{"email":"ada@acme.test"}}}', 400, /no text and no number/],
  ])('with %s starts nothing', async (_what, sent, status, words) => {
    const { app, secret } = await opened();

    const response = await call(app, { secret, body: sent });

    expect(response.statusCode).toBe(status);
    expect(response.json().detail).toMatch(words);
    expect(runs(app)).toEqual([]);
  });

  test('starts no workflow that is inactive, or that starts otherwise', async () => {
    const { app, secret } = await opened({ trigger: 'manual' });
    expect((await call(app, { secret })).statusCode).toBe(409);

    app.database.$client.exec('UPDATE workflows SET active_version_id = NULL');
    expect((await call(app, { secret })).statusCode).toBe(409);
    expect(runs(app)).toEqual([]);
  });
});

describe('a stranger', () => {
  const strange: [string, (secret: string, now: number) => Call][] = [
    ['with another secret', () => ({ secret: 'rwh_guess' })],
    ['with another id than was signed', (secret) => ({ secret, headers: { 'x-rollcall-id': 'call-2' } })],
    [
      'with another time than was signed',
      (secret, now) => ({ secret, headers: { 'x-rollcall-timestamp': String(now + 1) } }),
    ],
    ['six minutes late', (secret, now) => ({ secret, timestamp: String(now - 360) })],
    ['six minutes early', (secret, now) => ({ secret, timestamp: String(now + 360) })],
    ['with a time that is none', (secret) => ({ secret, timestamp: 'soon' })],
    ['without an id', (secret) => ({ secret, id: '' })],
    ['without a signature', (secret) => ({ secret, headers: { 'x-rollcall-signature': '' } })],
    ['of a workflow that does not exist', (secret) => ({ secret, workflow: 'wf_none' })],
  ];

  test.each(strange)('%s learns nothing and starts nothing', async (_who, toCall) => {
    const { app, secret } = await opened();
    const known = (await call(app, { secret: 'rwh_other' })).json();

    const response = await call(app, toCall(secret, Math.floor(app.clock.now() / 1000)));

    expect([response.statusCode, response.json()]).toEqual([401, known]);
    expect(runs(app)).toEqual([]);
  });

  test('with the body of another call gets no further', async () => {
    const { app, secret } = await opened();
    const timestamp = String(Math.floor(app.clock.now() / 1000));
    const signature = signWebhook(secret, { timestamp, id: 'call-1', body });
    const other = body.replace('ada', 'grace');

    const response = await call(app, { secret, body: other, headers: { 'x-rollcall-signature': signature } });

    expect(response.statusCode).toBe(401);
  });
});

test('a new secret ends the one before, a removed one lets nobody in', async () => {
  const { app, secret, renew, token } = await opened();
  const next = await renew();
  expect([(await call(app, { secret })).statusCode, (await call(app, { secret: next })).statusCode]).toEqual([
    401, 202,
  ]);

  await app.send('DELETE', '/workflows/wf_1/webhook', { token });
  expect((await call(app, { secret: next, id: 'call-2' })).statusCode).toBe(401);
});

test('no secret is stored as it is', async () => {
  const { app, secret } = await opened();

  expect(app.database.$client.serialize().toString('latin1')).not.toContain(secret.slice(4));
});

test('more than 120 calls in a minute are refused', async () => {
  const { app } = await opened();
  const statuses = [];
  for (let n = 0; n < 121; n += 1) statuses.push((await call(app, { secret: 'guess' })).statusCode);

  expect(statuses.slice(-2)).toEqual([401, 429]);
});

test('the example of the documentation works as it stands', async () => {
  const { app, secret } = await opened();
  app.clock.set(Date.now());
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  const script = /```sh\n([\s\S]+?)```/.exec(await readFile('docs/webhooks.md', 'utf8'))?.[1] ?? '';

  const { stdout } = await promisify(execFile)('sh', ['-c', script], {
    env: {
      ...process.env,
      SECRET: secret,
      URL: `http://127.0.0.1:${port}/api/v1/hooks/wf_1`,
      no_proxy: '127.0.0.1',
    },
  });

  expect(JSON.parse(stdout)).toEqual({ runId: expect.stringMatching(/^run_/), isRepeat: false });
});

test('Begin says what is wrong with where the record is named', () => {
  const found = (settings: object) => messages(prepare(begin, { ...webhook, ...settings }));

  expect(found({})).toEqual([]);
  expect(found({ webhookPath: ' ' })).toEqual(['Say where the body names the record.']);
  expect(found({ webhookField: 'shoe_size' })).toEqual([
    'The records have no field "shoe_size". Choose another.',
  ]);
});
