import { expect, test } from 'vitest';
import type { AuthKind } from '#domain/vendor';
import { acmeVendor, only } from '../support/acme-vendor.ts';
import { oauthClient, startOAuthServer } from '../support/oauth-server.ts';
import { aCall, createOutboundWorld, never, sessionHash } from '../support/outbound-world.ts';

/** A credential of this kind at a real OAuth server, not logged in yet. */
async function createWorld(kind: AuthKind, change: { clientSecret?: string } = {}) {
  const server = await startOAuthServer();
  const world = createOutboundWorld([server.host], { vendors: only(acmeVendor()), concurrency: 20 });
  const { credential } = await world.credentials.create({
    ...{ name: 'Acme', owner: '', description: '', vendorId: 'acme', scopes: 'read', kind },
    ...oauthClient,
    ...change,
    baseUrl: `${server.url}/v1`,
    tokenUrl: `${server.url}/token`,
    ...(kind === 'oauth2' ? { authorizeUrl: `${server.url}/auth` } : {}),
  });
  const { id } = credential;
  const logIn = async () => {
    const login = { sessionHash, returnTo: '/credentials' };
    const { authorizeUrl } = await world.credentials.authorize(id, login);
    return await world.credentials.finish(await server.logIn(authorizeUrl), sessionHash);
  };
  const callMany = async (count: number) => {
    const sent = await Promise.all(Array.from({ length: count }, () => world.client.send(aCall(id), never)));
    return sent.map(({ reply }) => (reply.kind === 'answered' ? reply.status : reply.reason));
  };
  return { server, world, id, logIn, callMany };
}

test('a login with a code and PKCE at a real OAuth server gives tokens that work', async () => {
  const { server, world, id, logIn, callMany } = await createWorld('oauth2');

  const ended = await logIn();
  const statuses = await callMany(1);

  expect(ended.error).toBeNull();
  expect(statuses).toEqual([200]);
  expect(server.tokenCalls).toEqual([
    expect.objectContaining({ grant_type: 'authorization_code', code_verifier: expect.any(String) }),
  ]);
  expect((await world.credentials.test(id)).isOk).toBe(true);
});

test('a real OAuth server that takes each refresh token once is asked once per expiry', async () => {
  const { server, world, logIn, callMany } = await createWorld('oauth2');
  await logIn();

  for (let round = 1; round <= 3; round += 1) {
    await world.clock.sleep(86_400_000);
    expect(await callMany(20)).toEqual(Array(20).fill(200));
    expect(server.tokenCalls).toHaveLength(1 + round);
  }

  const spent = server.tokenCalls.slice(1).map((form) => form.refresh_token);
  expect(new Set(spent).size).toBe(3);
});

test('a refresh token that a real OAuth server has seen before ends the login, plainly', async () => {
  const { server, world, id, logIn, callMany } = await createWorld('oauth2');
  await logIn();
  const before = await world.store.find(id);
  await world.clock.sleep(86_400_000);
  await callMany(1);
  // As after a crash between the vendor's answer and our commit: the spent one is all that is left.
  const spent = {
    ...before,
    accessToken: before?.accessToken as Uint8Array,
    refreshToken: before?.refreshToken ?? null,
  };
  await world.store.saveTokens(id, { ...spent, expiresAt: world.clock.now() }, world.clock.now(), null);
  await world.clock.sleep(2_000);

  const [said] = await callMany(1);

  expect(said).toContain('Authenticate it again');
  expect((await world.credentials.find(id)).credential.status).toBe('expired');
  expect((await logIn()).error).toBeNull();
  expect(await callMany(1)).toEqual([200]);
  expect(server.tokenCalls.at(-1)?.grant_type).toBe('authorization_code');
});

test('client credentials work at a real OAuth server, and a wrong secret is told', async () => {
  const good = await createWorld('client-credentials');
  const bad = await createWorld('client-credentials', { clientSecret: 'another-secret' });

  expect(await good.callMany(20)).toEqual(Array(20).fill(200));
  expect(good.server.tokenCalls).toEqual([expect.objectContaining({ grant_type: 'client_credentials' })]);
  expect((await bad.callMany(1))[0]).toContain('client authentication failed');
});
