import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { integrations, workflows } from '../../server/store/schema.ts';
import { createOutboundWorld, sessionHash, webexDraft } from '../support/outbound-world.ts';
import { type Reply, sendJson, startVendorServer } from '../support/vendor-server.ts';

const grantTokens: Reply = (_, response) =>
  sendJson(response, 200, {
    access_token: 'access-secret',
    refresh_token: 'refresh-secret',
    expires_in: 1209599,
  });

async function startLogin(reply: Reply = grantTokens) {
  const vendor = await startVendorServer(reply);
  const world = createOutboundWorld([vendor.host]);
  const { credential } = await world.credentials.create(webexDraft(vendor.url));
  const login = { sessionHash, returnTo: `/credentials/${credential.id}` };
  const begun = await world.credentials.authorize(credential.id, login);
  const url = new URL(begun.authorizeUrl);
  return { vendor, world, id: credential.id, url, state: url.searchParams.get('state') ?? '' };
}

test('a login goes to the vendor with state and a challenge, and comes back with tokens', async () => {
  const { vendor, world, id, url, state } = await startLogin();

  const end = await world.credentials.finish(`/api/v1/oauth/callback?code=abc&state=${state}`, sessionHash);

  expect(`${url.origin}${url.pathname}`).toBe(`${vendor.url}/v1/authorize`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'rollcall-sandbox',
    redirect_uri: 'http://127.0.0.1:8080/api/v1/oauth/callback',
    scope: 'spark-admin:people_read spark-admin:people_write',
    code_challenge_method: 'S256',
  });
  expect(end).toEqual({ returnTo: `/credentials/${id}`, error: null });
  const form = new URLSearchParams(vendor.seen[0]?.body);
  expect(Object.fromEntries(form)).toMatchObject({
    grant_type: 'authorization_code',
    code: 'abc',
    redirect_uri: 'http://127.0.0.1:8080/api/v1/oauth/callback',
    client_id: 'rollcall-sandbox',
    client_secret: 'sandbox-secret',
    code_verifier: expect.stringMatching(/^[A-Za-z0-9._~-]{43,128}$/),
  });
  const { credential } = await world.credentials.find(id);
  expect(credential).toMatchObject({ status: 'authenticated', problem: null });
  expect(Date.parse(credential.expiresAt ?? '') - world.clock.now()).toBe(1209599_000);
});

test.each([
  ['missing', (_: string) => '?code=abc'],
  ['empty', (_: string) => '?code=abc&state='],
  ['wrong', (_: string) => '?code=abc&state=wrong'],
  ['given twice', (state: string) => `?code=abc&state=${state}&state=${state}`],
])('a login is refused when its state is %s', async (_, queryOf) => {
  const { vendor, world, state } = await startLogin();

  await expect(world.credentials.finish(queryOf(state), sessionHash)).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(vendor.seen).toHaveLength(0);
});

test('a login is refused in another session, the second time, and after ten minutes', async () => {
  const foreign = await startLogin();
  await expect(
    foreign.world.credentials.finish(`?code=a&state=${foreign.state}`, 'b'.repeat(64)),
  ).rejects.toMatchObject({ code: 'invalid' });

  const twice = await startLogin();
  await twice.world.credentials.finish(`?code=a&state=${twice.state}`, sessionHash);
  await expect(
    twice.world.credentials.finish(`?code=a&state=${twice.state}`, sessionHash),
  ).rejects.toMatchObject({
    code: 'invalid',
  });

  const late = await startLogin();
  await late.world.clock.sleep(10 * 60_000);
  await expect(
    late.world.credentials.finish(`?code=a&state=${late.state}`, sessionHash),
  ).rejects.toMatchObject({
    code: 'invalid',
  });
  expect([...foreign.vendor.seen, ...late.vendor.seen]).toHaveLength(0);
});

test('a login that was begun before the credential changed its client does not count', async () => {
  const { vendor, world, id, state } = await startLogin();

  await world.credentials.update(id, { ...webexDraft(vendor.url), clientId: 'another' });

  await expect(world.credentials.finish(`?code=a&state=${state}`, sessionHash)).rejects.toMatchObject({
    code: 'invalid',
  });
});

test('a refusal of the vendor is kept as the problem of the credential', async () => {
  const { world, id, state } = await startLogin();

  const end = await world.credentials.finish(
    `?error=access_denied&error_description=Not+allowed&state=${state}`,
    sessionHash,
  );

  expect(end.error).toContain('Not allowed');
  expect((await world.credentials.find(id)).credential).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('Not allowed'),
  });
});

test('a code that the vendor does not take is told in the words of the vendor', async () => {
  const { world, state } = await startLogin((_, response) =>
    sendJson(response, 400, { message: 'The code is too old', errors: [] }),
  );

  const end = await world.credentials.finish(`?code=old&state=${state}`, sessionHash);

  expect(end.error).toContain('The code is too old');
});

test('secrets go in and never come out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const vendor = await startVendorServer(grantTokens);
  const database = openDatabase(join(folder, 'rollcall.db'));
  const world = createOutboundWorld([vendor.host], { database });
  const { credential } = await world.credentials.create(webexDraft(vendor.url));
  const { authorizeUrl } = await world.credentials.authorize(credential.id, { sessionHash, returnTo: '/x' });
  const state = new URL(authorizeUrl).searchParams.get('state');
  const ended = await world.credentials.finish(`?code=code-secret&state=${state}`, sessionHash);

  const shown = JSON.stringify([
    ended,
    await world.credentials.list(),
    await world.credentials.find(credential.id),
  ]);
  database.$client.close();
  const stored = readFileSync(join(folder, 'rollcall.db'));

  for (const secret of ['sandbox-secret', 'access-secret', 'refresh-secret', 'code-secret', String(state)]) {
    expect(shown).not.toContain(secret);
    expect(stored.includes(secret)).toBe(false);
  }
});

test('an update without a secret keeps it, and a new client drops the tokens', async () => {
  const vendor = await startVendorServer(grantTokens);
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const renamed = await world.credentials.update(id, {
    ...webexDraft(vendor.url, 'New name'),
    clientSecret: '',
  });
  const changed = await world.credentials.update(id, {
    ...webexDraft(vendor.url),
    scopes: 'spark:people_read',
    clientSecret: undefined,
  });

  expect(renamed.credential).toMatchObject({
    name: 'New name',
    status: 'authenticated',
    hasSecret: true,
  });
  expect(changed.credential).toMatchObject({ status: 'not_authenticated', hasSecret: true });
  expect((await world.store.find(id))?.accessToken).toBeNull();
});

test('a token URL on another host needs the secret again', async () => {
  const vendor = await startVendorServer(grantTokens);
  const other = await startVendorServer(grantTokens);
  const world = createOutboundWorld([vendor.host, other.host]);
  const id = await world.addCredential(vendor.url);
  const moved = { ...webexDraft(vendor.url), tokenUrl: `${other.url}/token`, clientSecret: '' };

  await expect(world.credentials.update(id, moved)).rejects.toMatchObject({ place: 'clientSecret' });
  await expect(world.credentials.update(id, { ...moved, clientSecret: 'again' })).resolves.toBeDefined();
});

test.each([
  ['baseUrl', 'http://acme.test/v1'],
  ['baseUrl', 'https://10.0.0.1/v1'],
  ['tokenUrl', 'https://user@acme.test/token'],
  ['authorizeUrl', 'javascript:alert(1)'],
  ['tokenUrl', 'https://169.254.169.254/token'],
] as const)('a bad %s is refused: %s', async (place, url) => {
  const world = createOutboundWorld([]);

  const draft = { ...webexDraft('https://acme.test'), [place]: url };

  await expect(world.credentials.create(draft)).rejects.toMatchObject({ code: 'invalid', place });
});

test('a name is given once, and the vendor must be known', async () => {
  const world = createOutboundWorld([]);
  await world.credentials.create(webexDraft('https://acme.test'));

  await expect(world.credentials.create(webexDraft('https://acme.test'))).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(
    world.credentials.create({ ...webexDraft('https://acme.test', 'b'), vendorId: 'nobody' }),
  ).rejects.toMatchObject({ code: 'invalid' });
});

test('a credential that is in use stays, and says where', async () => {
  const world = createOutboundWorld([]);
  const { credential } = await world.credentials.create(webexDraft('https://acme.test'));
  const times = { createdAt: 0, updatedAt: 0 };
  world.database
    .insert(integrations)
    .values({
      ...{ id: 'int_1', name: 'Webex users', vendorId: 'webex', mode: 'user', preference: 'create_only' },
      ...{ credentialId: credential.id, mapping: { rows: [] }, status: 'draft', ...times },
    })
    .run();
  const draft = { blocks: [{ settings: { authorization: { credentialId: credential.id } } }], edges: [] };
  world.database
    .insert(workflows)
    .values({
      id: 'wf_1',
      name: 'Offboard',
      description: '',
      records: { kind: 'people' },
      revision: 1,
      draft,
      ...times,
    })
    .run();

  const { usedBy } = await world.credentials.find(credential.id);

  expect(usedBy.map((use) => use.name)).toEqual(['Webex users', 'Offboard']);
  await expect(world.credentials.remove(credential.id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Offboard'),
  });
  world.database.delete(workflows).run();
  world.database.delete(integrations).run();
  await world.credentials.remove(credential.id);
  await expect(world.credentials.find(credential.id)).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  [200, { id: 'ada' }, true, 'works'],
  [401, { message: 'no' }, false, 'Authenticate'],
  [403, { message: 'no' }, false, 'scopes'],
  [503, { message: 'no' }, false, 'later'],
])('a test of a credential tells what %i means', async (status, body, isOk, words) => {
  const vendor = await startVendorServer((_, response) => sendJson(response, status, body));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const result = await world.credentials.test(id);

  expect(result).toEqual({ isOk, message: expect.stringContaining(words) });
  expect(vendor.seen[0]?.url).toBe('/v1/people/me');
});
