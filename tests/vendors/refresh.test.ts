import { expect, test } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { aCall, createOutboundWorld, never } from '../support/outbound-world.ts';
import { type Seen, sendJson, startVendorServer } from '../support/vendor-server.ts';

const isTokenCall = (seen: Seen) => seen.url === '/v1/access_token';

/** A vendor whose refresh tokens work once: `refresh-1` gives `access-2` and `refresh-2`, and so on. */
async function startRotatingVendor(answer: (generation: number) => Record<string, unknown> = () => ({})) {
  let generation = 1;
  const vendor = await startVendorServer((seen, response) => {
    if (!isTokenCall(seen)) {
      const isValid = seen.headers.authorization === `Bearer access-${generation}`;
      return sendJson(response, isValid ? 200 : 401, { message: isValid ? 'ok' : 'expired' });
    }
    const form = new URLSearchParams(seen.body);
    if (form.get('refresh_token') !== `refresh-${generation}`) {
      return sendJson(response, 400, { error: 'invalid_grant', error_description: 'used before' });
    }
    generation += 1;
    sendJson(response, 200, {
      access_token: `access-${generation}`,
      refresh_token: `refresh-${generation}`,
      expires_in: 3600,
      ...answer(generation),
    });
  });
  return { ...vendor, tokenCalls: () => vendor.seen.filter(isTokenCall) };
}

test('50 callers with an old token cause one token request, and all get through', async () => {
  const vendor = await startRotatingVendor();
  const world = createOutboundWorld([vendor.host], { concurrency: 50 });
  const id = await world.addCredential(vendor.url, { access: 'old', refresh: 'refresh-1' });

  const sent = await Promise.all(Array.from({ length: 50 }, () => world.client.send(aCall(id), never)));

  expect(sent.map(({ reply }) => reply.kind === 'answered' && reply.status)).toEqual(Array(50).fill(200));
  expect(vendor.tokenCalls()).toHaveLength(1);
  expect(Object.fromEntries(new URLSearchParams(vendor.tokenCalls()[0]?.body))).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'refresh-1',
    client_id: 'rollcall-sandbox',
    client_secret: 'sandbox-secret',
  });
});

test('two processes on one database cause one token request', async () => {
  const vendor = await startRotatingVendor();
  const database = openDatabase(':memory:');
  const first = createOutboundWorld([vendor.host], { database, concurrency: 25 });
  const second = createOutboundWorld([vendor.host], { database, concurrency: 25 });
  const id = await first.addCredential(vendor.url, { access: 'old', refresh: 'refresh-1' });

  const sent = await Promise.all(
    Array.from({ length: 50 }, (_, i) => (i % 2 ? first : second).client.send(aCall(id), never)),
  );

  expect(sent.map(({ reply }) => reply.kind === 'answered' && reply.status)).toEqual(Array(50).fill(200));
  expect(vendor.tokenCalls()).toHaveLength(1);
});

test('many rounds of expiry cost one request each', async () => {
  const vendor = await startRotatingVendor();
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'old', refresh: 'refresh-1' });

  for (let round = 1; round <= 20; round += 1) {
    await world.clock.sleep(3_600_000);
    const sent = await Promise.all(Array.from({ length: 10 }, () => world.client.send(aCall(id), never)));
    expect(sent.every(({ reply }) => reply.kind === 'answered' && reply.status === 200)).toBe(true);
    expect(vendor.tokenCalls()).toHaveLength(round);
  }
  // Only in the first round was a refusal needed to know that the token is old.
  expect(vendor.seen.filter((seen) => !isTokenCall(seen))).toHaveLength(10 + 20 * 10);
});

test('a token that is about to end is renewed before the call', async () => {
  const vendor = await startRotatingVendor();
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, {
    access: 'access-1',
    refresh: 'refresh-1',
    expiresInSeconds: 10,
  });

  const { reply } = await world.client.send(aCall(id), never);

  expect(reply).toMatchObject({ status: 200 });
  expect(vendor.seen.map((seen) => seen.url)).toEqual(['/v1/access_token', '/v1/people/me']);
});

test('a second 401 is an answer', async () => {
  const vendor = await startVendorServer((seen, response) =>
    isTokenCall(seen)
      ? sendJson(response, 200, { access_token: 'new' })
      : sendJson(response, 401, { message: 'no' }),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { refresh: 'refresh-1' });

  const { reply } = await world.client.send(aCall(id, { method: 'DELETE', class: 'destructive' }), never);

  expect(reply).toMatchObject({ kind: 'answered', status: 401 });
  expect(vendor.seen.filter((seen) => !isTokenCall(seen))).toHaveLength(2);
});

test('a refused refresh token marks the credential, and is not tried again', async () => {
  const vendor = await startRotatingVendor();
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'old', refresh: 'spent', expiresInSeconds: 1 });

  const first = await world.client.send(aCall(id), never);
  const second = await world.client.send(aCall(id), never);

  expect(first.reply).toMatchObject({ kind: 'not_sent', isPermanent: true, isUnauthorized: true });
  expect(second.reply).toMatchObject({ kind: 'not_sent', isPermanent: true, isUnauthorized: true });
  expect(vendor.tokenCalls()).toHaveLength(1);
  const { credential } = await world.credentials.find(id);
  expect(credential).toMatchObject({ status: 'expired', problem: expect.stringContaining('used before') });
});

test('a refusal that repeats what it was sent is kept without the secrets', async () => {
  const vendor = await startVendorServer((seen, response) =>
    sendJson(response, 400, { error: 'invalid_grant', error_description: `not this: ${seen.body}` }),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { refresh: 'refresh-secret', expiresInSeconds: 1 });

  const { reply } = await world.client.send(aCall(id), never);

  const { credential } = await world.credentials.find(id);
  expect(credential.problem).toContain('not this');
  for (const secret of ['sandbox-secret', 'refresh-secret']) {
    expect(JSON.stringify([reply, credential])).not.toContain(secret);
  }
});

test('a token URL that is down leaves the credential as it was', async () => {
  let isDown = true;
  const vendor = await startVendorServer((seen, response) => {
    if (!isTokenCall(seen)) return sendJson(response, 200, {});
    if (isDown) return sendJson(response, 503, { message: 'busy' });
    sendJson(response, 200, { access_token: 'new' });
  });
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { refresh: 'refresh-1', expiresInSeconds: 1 });

  const first = await world.client.send(aCall(id), never);
  isDown = false;
  const second = await world.client.send(aCall(id), never);

  expect(first.reply).toMatchObject({ kind: 'not_sent', isPermanent: false });
  expect(second.reply).toMatchObject({ kind: 'answered', status: 200 });
});

test('a process that died while it asked holds nobody up for longer than a minute', async () => {
  const vendor = await startRotatingVendor();
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'old', refresh: 'refresh-1' });
  await world.store.takeRefresh(id, 'a dead process', world.clock.now(), world.clock.now() + 60_000);
  const before = world.clock.now();

  const { reply } = await world.client.send(aCall(id), never);

  expect(reply).toMatchObject({ status: 200 });
  expect(world.clock.now() - before).toBeGreaterThanOrEqual(60_000);
  expect(world.clock.now() - before).toBeLessThan(61_000);
});

test.each([
  ['no token type and a number as text', { token_type: undefined, expires_in: '7200' }],
  ['a token type of its own', { token_type: 'BearerToken' }],
  ['nonsense where the time should be', { expires_in: 'soon' }],
  ['a list of scopes and an id token', { scope: ['a', 'b'], id_token: 'not a token' }],
  ['no new refresh token', { refresh_token: null }],
])('a sloppy answer is understood: %s', async (_, change) => {
  const vendor = await startRotatingVendor(() => change);
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'old', refresh: 'refresh-1' });

  const { reply } = await world.client.send(aCall(id), never);

  expect(reply).toMatchObject({ kind: 'answered', status: 200 });
  expect((await world.store.find(id))?.refreshToken).not.toBeNull();
});

test('an error with status 200 is an error', async () => {
  const vendor = await startVendorServer((seen, response) =>
    isTokenCall(seen)
      ? sendJson(response, 200, { error: 'invalid_grant', error_description: 'gone' })
      : sendJson(response, 401, {}),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { refresh: 'refresh-1' });

  await world.client.send(aCall(id), never);

  expect((await world.credentials.find(id)).credential.status).toBe('expired');
});
