import { expect, test } from 'vitest';
import type { AuthKind } from '#domain/vendor';
import type { CredentialDraft } from '#engine/service-ports';
import { apiUrlOf } from '../../server/vendors/api-url.ts';
import { acmeVendor, only } from '../support/acme-vendor.ts';
import { aCall, createOutboundWorld, never } from '../support/outbound-world.ts';
import { type Reply, type Seen, sendJson, startVendorServer } from '../support/vendor-server.ts';

const isTokenCall = (seen: Seen) => seen.url === '/oauth/token';

/** A vendor that gives `token-1`, `token-2` … and takes only the newest. */
async function startGrantingVendor() {
  let given = 0;
  const vendor = await startVendorServer((seen, response) => {
    if (isTokenCall(seen)) {
      given += 1;
      return sendJson(response, 200, {
        access_token: `token-${given}`,
        token_type: 'bearer',
        expires_in: 3600,
      });
    }
    const isValid = seen.headers.authorization === `Bearer token-${given}`;
    sendJson(response, isValid ? 200 : 401, {});
  });
  return { ...vendor, tokenCalls: () => vendor.seen.filter(isTokenCall) };
}

function draftOf(kind: AuthKind, url: string, change: Partial<CredentialDraft> = {}): CredentialDraft {
  return {
    name: `Acme ${kind}`,
    owner: 'IT',
    vendorId: 'acme',
    kind,
    description: '',
    scopes: '',
    clientId: '',
    baseUrl: `${url}/v1`,
    ...change,
  };
}

const client = { clientId: 'rollcall', clientSecret: 'client-secret' };

async function createWorld(reply: Reply = (_, response) => sendJson(response, 200, { ok: true })) {
  const vendor = await startVendorServer(reply);
  return { vendor, world: createOutboundWorld([vendor.host], { vendors: only(acmeVendor()) }) };
}

test('a bearer token goes on every call, and stays out of what is kept', async () => {
  const { vendor, world } = await createWorld();
  const { credential } = await world.credentials.create(
    draftOf('bearer', vendor.url, { token: 'pasted-token' }),
  );

  const { reply, request } = await world.client.send(aCall(credential.id), never);

  expect(reply).toMatchObject({ kind: 'answered', status: 200 });
  expect(vendor.seen[0]?.headers.authorization).toBe('Bearer pasted-token');
  expect(request.headers.authorization).toBe('Bearer •••');
  expect(credential).toMatchObject({ status: 'authenticated', hasSecret: true, clientId: '', tokenUrl: '' });
  expect(JSON.stringify(await world.credentials.find(credential.id))).not.toContain('pasted-token');
});

test('a user name and password go as one header, of which no part is kept', async () => {
  const { vendor, world } = await createWorld();
  const { credential } = await world.credentials.create(
    draftOf('basic', vendor.url, { inputs: { username: 'ada' }, password: 'correct horse' }),
  );
  const pair = Buffer.from('ada:correct horse').toString('base64');

  const { request, secrets } = await world.client.send(
    aCall(credential.id, { method: 'POST', body: `{"again":"${pair}"}` }, credential.vendorId),
    never,
  );

  expect(vendor.seen[0]?.headers.authorization).toBe(`Basic ${pair}`);
  expect(request).toMatchObject({ headers: { authorization: 'Basic •••' }, body: '{"again":"•••"}' });
  expect(secrets).toEqual(expect.arrayContaining(['correct horse', pair]));
});

test('an API key goes into the query once, also where a link to the next page repeats it', async () => {
  const { vendor, world } = await createWorld();
  const { credential } = await world.credentials.create(
    draftOf('api-key', vendor.url, { token: 'key/with&signs' }),
  );

  const first = await world.client.send(aCall(credential.id, { url: '/users?page=1' }), never);
  const second = await world.client.send(
    aCall(credential.id, { url: `${vendor.url}/v1/users?api_key=key%2Fwith%26signs&page=2` }),
    never,
  );

  expect(vendor.seen.map((seen) => seen.url)).toEqual([
    '/v1/users?page=1&api_key=key%2Fwith%26signs',
    '/v1/users?page=2&api_key=key%2Fwith%26signs',
  ]);
  expect(vendor.seen[0]?.headers.authorization).toBeUndefined();
  expect(first.request.url).toBe(`${vendor.url}/v1/users?page=1&api_key=•••`);
  expect(second.request.url).toBe(`${vendor.url}/v1/users?page=2&api_key=•••`);
});

test('an API key goes into the header that the vendor names, and nobody else sets it', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const docs = 'https://docs.acme.test';
  const acme = acmeVendor({ auth: [{ kind: 'api-key', in: 'header', name: 'X-Api-Key', docs }] });
  const world = createOutboundWorld([vendor.host], { vendors: only(acme) });
  const { credential } = await world.credentials.create(
    draftOf('api-key', vendor.url, { token: 'header-key' }),
  );

  const { request } = await world.client.send(aCall(credential.id), never);
  const set = await world.client.send(aCall(credential.id, { headers: { 'x-api-key': 'mine' } }), never);

  expect(vendor.seen.map((seen) => seen.headers['x-api-key'])).toEqual(['header-key']);
  expect(request.headers).toEqual({ 'X-Api-Key': '•••' });
  expect(set.reply).toMatchObject({ kind: 'not_sent', reason: expect.stringContaining('x-api-key') });
});

test('client credentials ask for a token by themselves, once for 50 callers, and again when it ends', async () => {
  const vendor = await startGrantingVendor();
  const world = createOutboundWorld([vendor.host], { vendors: only(acmeVendor()), concurrency: 50 });
  const { credential } = await world.credentials.create(
    draftOf('client-credentials', vendor.url, {
      ...client,
      scopes: 'read write',
      tokenUrl: `${vendor.url}/oauth/token`,
    }),
  );
  const callAll = () =>
    Promise.all(Array.from({ length: 50 }, () => world.client.send(aCall(credential.id), never)));

  const first = await callAll();
  await world.clock.sleep(3_600_000);
  const second = await callAll();

  const statuses = [...first, ...second].map(({ reply }) => reply.kind === 'answered' && reply.status);
  expect(statuses).toEqual(Array(100).fill(200));
  expect(vendor.tokenCalls().map((seen) => seen.body)).toEqual(
    Array(2).fill('scope=read+write&grant_type=client_credentials'),
  );
  expect(vendor.tokenCalls()[0]?.headers.authorization).toBe(
    `Basic ${Buffer.from('rollcall:client-secret').toString('base64')}`,
  );
  const view = await world.credentials.find(credential.id);
  expect(view.credential).toMatchObject({ status: 'authenticated', problem: null });
  expect(Date.parse(view.credential.expiresAt ?? '')).toBe(world.clock.now() + 3_600_000);
});

test('server-to-server OAuth names its account', async () => {
  const vendor = await startGrantingVendor();
  const world = createOutboundWorld([vendor.host], { vendors: only(acmeVendor()) });
  const { credential } = await world.credentials.create(
    draftOf('account-credentials', vendor.url, {
      ...client,
      inputs: { account_id: ' abc123 ', other: 'left out' },
      tokenUrl: `${vendor.url}/oauth/token`,
    }),
  );

  const result = await world.credentials.test(credential.id);

  expect(result.isOk).toBe(true);
  expect(credential.inputs).toEqual({ account_id: 'abc123' });
  expect(Object.fromEntries(new URLSearchParams(vendor.tokenCalls()[0]?.body))).toEqual({
    grant_type: 'account_credentials',
    account_id: 'abc123',
  });
});

test('a refused app is told, asked about no more, and tried again by a test', async () => {
  let isRegistered = false;
  const { vendor, world } = await createWorld((seen, response) => {
    if (!isTokenCall(seen)) return sendJson(response, 200, {});
    if (isRegistered) return sendJson(response, 200, { access_token: 'token-1' });
    sendJson(response, 401, { error: 'invalid_client', error_description: 'no such app' });
  });
  const draft = draftOf('client-credentials', vendor.url, {
    ...client,
    tokenUrl: `${vendor.url}/oauth/token`,
  });
  const { credential } = await world.credentials.create(draft);

  const first = await world.client.send(aCall(credential.id), never);
  await world.client.send(aCall(credential.id), never);
  const failed = await world.credentials.find(credential.id);
  isRegistered = true;
  const tested = await world.credentials.test(credential.id);

  expect(first.reply).toMatchObject({ kind: 'not_sent', isPermanent: true, isUnauthorized: true });
  expect(failed.credential).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('no such app'),
  });
  expect(tested.isOk).toBe(true);
  expect(vendor.seen.map((seen) => seen.url)).toEqual(['/oauth/token', '/oauth/token', '/v1/me']);
});

test('a token that a test finds refused is sent no more, until a test finds it mended', async () => {
  let isKnown = false;
  const { vendor, world } = await createWorld((_, response) => sendJson(response, isKnown ? 200 : 401, {}));
  const { credential } = await world.credentials.create(
    draftOf('bearer', vendor.url, { token: 'pasted-token' }),
  );

  const refused = await world.credentials.test(credential.id);
  const { reply } = await world.client.send(aCall(credential.id), never);
  const failed = await world.credentials.find(credential.id);
  isKnown = true;
  const mended = await world.credentials.test(credential.id);

  expect(refused).toMatchObject({ isOk: false, message: expect.stringContaining('withdrawn at the vendor') });
  expect(reply).toMatchObject({ kind: 'not_sent', isUnauthorized: true });
  expect(failed.credential).toMatchObject({ status: 'failed', problem: refused.message });
  expect(mended.isOk).toBe(true);
  expect((await world.credentials.find(credential.id)).credential).toMatchObject({
    ...{ status: 'authenticated', problem: null, createdAt: credential.createdAt, kind: 'bearer' },
  });
});

test('a test that fails for another reason is noted, and the credential stays in use', async () => {
  let status = 403;
  const { vendor, world } = await createWorld((_, response) => sendJson(response, status, {}));
  const { credential } = await world.credentials.create(
    draftOf('bearer', vendor.url, { token: 'pasted-token' }),
  );

  const failed = await world.credentials.test(credential.id);
  const noted = await world.credentials.find(credential.id);
  status = 200;
  const { reply } = await world.client.send(aCall(credential.id), never);
  await world.credentials.test(credential.id);

  expect(noted.credential).toMatchObject({ status: 'authenticated', problem: failed.message });
  expect(reply).toMatchObject({ status: 200 });
  expect((await world.credentials.find(credential.id)).credential.problem).toBeNull();
});

test.each([
  ['oauth2', { clientSecret: 'client-secret' }, 'clientId'],
  ['oauth2', { clientId: 'rollcall' }, 'clientSecret'],
  ['client-credentials', { clientId: 'rollcall' }, 'clientSecret'],
  ['account-credentials', client, 'inputs.account_id'],
  ['bearer', { clientSecret: 'of another kind' }, 'token'],
  ['api-key', {}, 'token'],
  ['basic', { password: 'correct horse' }, 'inputs.username'],
  ['basic', { inputs: { username: 'ada' } }, 'password'],
] as const)('a credential of kind %s says what it misses: %o', async (kind, given, place) => {
  const world = createOutboundWorld([], { vendors: only(acmeVendor()) });

  await expect(world.credentials.create(draftOf(kind, 'https://acme.test', given))).rejects.toMatchObject({
    code: 'invalid',
    place,
  });
});

test('a vendor takes its own kinds, and OAuth 2.0 with URLs that the operator enters', async () => {
  const acme = acmeVendor({ auth: [{ kind: 'bearer', docs: 'https://docs.acme.test' }] });
  const world = createOutboundWorld([], { vendors: only(acme) });
  const custom = draftOf('oauth2', 'https://acme.test', { ...client, clientAuth: 'basic' });

  await expect(
    world.credentials.create(draftOf('api-key', 'https://acme.test', { token: 'some-key' })),
  ).rejects.toMatchObject({ place: 'kind' });
  await expect(world.credentials.create(custom)).rejects.toMatchObject({ place: 'authorizeUrl' });
  const { credential } = await world.credentials.create({
    ...custom,
    authorizeUrl: 'https://login.acme.test/authorize',
    tokenUrl: 'https://login.acme.test/token',
  });

  expect(credential).toMatchObject({ kind: 'oauth2', clientAuth: 'basic', status: 'not_authenticated' });
});

test('where every customer has a host, it must be named, and paths of the vendor follow it', async () => {
  const auth = [
    {
      kind: 'oauth2' as const,
      authorizeUrl: '/ws/oauth/authorize',
      tokenUrl: '/ws/oauth/token',
      clientAuth: 'form' as const,
      scopes: [],
      docs: 'https://docs.acme.test',
    },
  ];
  const baseUrlInput = { label: 'URL', placeholder: 'https://you.acme.test', hint: '' };
  const world = createOutboundWorld([], { vendors: only(acmeVendor({ auth, baseUrlInput })) });

  await expect(
    world.credentials.create({ ...draftOf('oauth2', '', client), baseUrl: undefined }),
  ).rejects.toMatchObject({ place: 'baseUrl' });
  const { credential, hosts } = await world.credentials.create({
    ...draftOf('oauth2', '', client),
    baseUrl: 'https://my.acme.test/',
  });

  expect(credential).toMatchObject({
    baseUrl: 'https://my.acme.test',
    authorizeUrl: 'https://my.acme.test/ws/oauth/authorize',
    tokenUrl: 'https://my.acme.test/ws/oauth/token',
  });
  expect(hosts).toEqual(['my.acme.test']);
});

test('a stored token goes to no other host and no other kind than it was entered for', async () => {
  const world = createOutboundWorld([], { vendors: only(acmeVendor()) });
  const draft = draftOf('bearer', 'https://api.acme.test', { token: 'pasted-token' });
  const { credential } = await world.credentials.create(draft);
  const change = (more: Partial<CredentialDraft>) =>
    world.credentials.update(credential.id, { ...draft, token: undefined, ...more });

  await expect(change({ baseUrl: 'https://evil.test/v1' })).rejects.toMatchObject({ place: 'token' });
  await expect(change({ kind: 'oauth2', clientId: 'rollcall' })).rejects.toMatchObject({
    place: 'clientSecret',
  });
  await expect(change({ name: 'New name' })).resolves.toMatchObject({
    credential: { name: 'New name', kind: 'bearer', status: 'authenticated' },
  });
});

test('there is no login where the kind has none', async () => {
  const world = createOutboundWorld([], { vendors: only(acmeVendor()) });
  const { credential } = await world.credentials.create(
    draftOf('bearer', 'https://api.acme.test', { token: 'pasted-token' }),
  );

  await expect(
    world.credentials.authorize(credential.id, { sessionHash: 'a', returnTo: '/credentials' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['https://api-eu.acme.test', 'https://api-eu.acme.test'],
  ['https://acme.test/', 'https://acme.test'],
  ['https://api-eu.acme.test.evil.test', ''],
  ['https://evilacme.test', ''],
  ['https://evil.test', ''],
  ['http://api-eu.acme.test', ''],
  ['https://api-eu.acme.test:8443', ''],
  ['https://ada@evil.test', ''],
  ['nonsense', ''],
])('a home that the vendor names is believed below its own token host only: %s', (said, believed) => {
  const credential = { kind: 'account-credentials', baseUrl: 'https://api.acme.test/v1' } as const;

  expect(apiUrlOf(credential, acmeVendor(), said)).toBe(believed);
  expect(apiUrlOf({ ...credential, baseUrl: 'https://proxy.test/v1' }, acmeVendor(), said)).toBe('');
});

test('calls follow the home that the vendor named, with the path of the base URL', async () => {
  const world = createOutboundWorld([], {
    vendors: only(acmeVendor()),
    lookup: (_host, _options, done) => done(new Error('nobody answers'), []),
  });
  const draft = draftOf('account-credentials', '', {
    ...client,
    inputs: { account_id: 'abc123' },
    baseUrl: undefined,
  });
  const { credential } = await world.credentials.create(draft);
  const tokens = {
    accessToken: world.vault.seal('token-1', { record: credential.id, field: 'access_token' }),
    refreshToken: null,
    expiresAt: null,
    apiUrl: 'https://api-eu.acme.test',
  };
  await world.store.saveTokens(credential.id, tokens, world.clock.now(), null);

  const { request } = await world.client.send(aCall(credential.id, { url: '/users' }), never);

  expect(request.url).toBe('https://api-eu.acme.test/v1/users');
  expect((await world.credentials.find(credential.id)).hosts).toEqual([
    'api.acme.test',
    'api-eu.acme.test',
    'acme.test',
  ]);
});
