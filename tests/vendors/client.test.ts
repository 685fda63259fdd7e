import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { aCall, createOutboundWorld, never } from '../support/outbound-world.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

test('a call carries the token, and shows it to nobody', async () => {
  const vendor = await startVendorServer((_, response) =>
    sendJson(response, 200, { id: 'ada' }, { 'X-Trace': 'a' }),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'very-secret-token' });

  const sent = await world.client.send(
    aCall(id, {
      method: 'POST',
      url: '/people?max=1',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    }),
    never,
  );

  expect(sent.reply).toMatchObject({
    kind: 'answered',
    status: 200,
    body: '{"id":"ada"}',
    isTooLarge: false,
  });
  expect(sent.reply).toHaveProperty('headers.x-trace', 'a');
  expect(vendor.seen[0]).toMatchObject({ method: 'POST', url: '/v1/people?max=1', body: '{"a":1}' });
  expect(vendor.seen[0]?.headers).toMatchObject({
    authorization: 'Bearer very-secret-token',
    accept: 'application/json',
    host: vendor.host,
  });
  expect(JSON.stringify(sent.request)).not.toContain('very-secret-token');
  expect(sent.request.headers.authorization).toBe('Bearer •••');
  expect(sent.secrets).toContain('very-secret-token');
});

test.each(['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override'])(
  'no read becomes something else by the header %s',
  async (name) => {
    const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
    const world = createOutboundWorld([vendor.host]);
    const id = await world.addCredential(vendor.url);

    const { reply } = await world.client.send(aCall(id, { headers: { [name]: 'DELETE' } }), never);

    expect(reply).toMatchObject({ kind: 'not_sent', isPermanent: true });
    expect(vendor.seen).toEqual([]);
  },
);

test('a secret that got into the request is masked wherever it stands', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'very/secret token' });

  const { request } = await world.client.send(
    aCall(id, {
      url: `/people?x=${encodeURIComponent('very/secret token')}`,
      body: '{"x":"very/secret token"}',
    }),
    never,
  );

  expect(JSON.stringify(request)).not.toMatch(/very.{1,3}secret/);
});

test('an answer that repeats a secret is masked before anybody reads it', async () => {
  const vendor = await startVendorServer(({ headers }, response) =>
    sendJson(
      response,
      200,
      { name: `Ada ${headers.authorization}`, n: 1 },
      { 'x-echo': `${headers.authorization}` },
    ),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url, { access: 'very-secret-token' });

  const { reply } = await world.client.send(aCall(id), never);

  expect(reply).toMatchObject({ status: 200, body: '{"name":"Ada Bearer •••","n":1}' });
  expect(reply).toHaveProperty('headers.x-echo', 'Bearer •••');
});

test('a call goes only to the hosts of its credential', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const other = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host, other.host]);
  const id = await world.addCredential(vendor.url);

  const allowed = await world.client.send(aCall(id, { url: `${vendor.url}/v1/people?cursor=2` }), never);
  const refused = await world.client.send(aCall(id, { url: `${other.url}/v1/people` }), never);

  expect(allowed.reply.kind).toBe('answered');
  expect(refused.reply).toMatchObject({ kind: 'not_sent', isPermanent: true });
  expect(refused.reply).toHaveProperty('reason', expect.stringContaining('only'));
  expect(other.seen).toHaveLength(0);
});

test.each([
  '/people/../admin',
  '/people#x',
  '/people\\x',
  '//evil.test/x',
  '/people/a b',
  'people',
  'http://user@127.0.0.1/x',
])('a URL is refused before anything is sent: %s', async (url) => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const { reply } = await world.client.send(aCall(id, { url }), never);

  expect(reply).toMatchObject({ kind: 'not_sent', isPermanent: true });
  expect(vendor.seen).toHaveLength(0);
});

test.each([
  ['X-Name', 'a\r\nX-Evil: 1'],
  ['X-Name', 'a\nb'],
  ['X-Name', 'a\0'],
  ['X-Näme', 'a'],
  ['X Name', 'a'],
  ['Host', 'evil.test'],
  ['Authorization', 'Bearer other'],
  ['Transfer-Encoding', 'chunked'],
  ['content-length', '3'],
])('a header is refused before anything is sent: %s: %j', async (name, value) => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const { reply } = await world.client.send(aCall(id, { headers: { [name]: value } }), never);

  expect(reply).toMatchObject({ kind: 'not_sent', isPermanent: true });
  expect(vendor.seen).toHaveLength(0);
});

test('a name that resolves to a private address is not dialled, nor one of which a single address is private', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const port = vendor.host.split(':')[1];
  const world = createOutboundWorld([vendor.host], {
    lookup: (hostname, _, done) =>
      done(null, [
        ...(hostname.startsWith('mixed') ? [{ address: '8.8.8.8', family: 4 }] : []),
        { address: '127.0.0.1', family: 4 },
      ]),
  });
  for (const host of ['rebind.acme.test', 'mixed.acme.test']) {
    const view = await world.credentials.create({
      name: host,
      owner: '',
      vendorId: 'webex',
      description: '',
      scopes: '',
      clientId: 'a',
      clientSecret: 'sandbox-secret',
      baseUrl: `https://${host}:${port}/v1`,
    });
    const accessToken = world.vault.seal('t', { record: view.credential.id, field: 'access_token' });
    await world.store.saveTokens(
      view.credential.id,
      { accessToken, refreshToken: null, expiresAt: null },
      0,
      null,
    );

    const { reply } = await world.client.send(aCall(view.credential.id), never);

    expect(reply).toMatchObject({ kind: 'not_sent' });
    expect(reply).toHaveProperty('reason', expect.stringContaining('not a public address'));
  }
  expect(vendor.seen).toHaveLength(0);
});

test('a refused connection was not sent; a cut one may have arrived', async () => {
  const vendor = await startVendorServer((_, response) => response.socket?.destroy());
  const world = createOutboundWorld([vendor.host, '127.0.0.1:1']);
  const cut = await world.addCredential(vendor.url);
  const closed = await world.credentials.create({
    ...{ name: 'closed', owner: '', vendorId: 'webex', description: '', scopes: '', clientId: 'a' },
    ...{ clientSecret: 'sandbox-secret', baseUrl: 'http://127.0.0.1:1/v1' },
  });
  const accessToken = world.vault.seal('t', { record: closed.credential.id, field: 'access_token' });
  await world.store.saveTokens(
    closed.credential.id,
    { accessToken, refreshToken: null, expiresAt: null },
    0,
    null,
  );

  expect((await world.client.send(aCall(closed.credential.id), never)).reply).toMatchObject({
    kind: 'not_sent',
    isPermanent: false,
    reason: expect.stringContaining('refused'),
  });
  expect((await world.client.send(aCall(cut, { method: 'DELETE' }), never)).reply.kind).toBe('no_answer');
});

test('an answer that does not come in time may have been obeyed', async () => {
  const vendor = await startVendorServer(() => undefined);
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const { reply } = await world.client.send(aCall(id, { timeoutMs: 50 }), never);

  expect(reply).toMatchObject({ kind: 'no_answer', reason: expect.stringContaining('within 0.05 seconds') });
});

test('an answer that stops halfway is no answer', async () => {
  const vendor = await startVendorServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":');
    setImmediate(() => response.socket?.destroy());
  });
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  expect((await world.client.send(aCall(id), never)).reply.kind).toBe('no_answer');
});

test('an answer of 10 MB is read, and one byte more is dropped', async () => {
  const limit = 10 * 1024 * 1024;
  const vendor = await startVendorServer((seen, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(Buffer.alloc(seen.url.endsWith('more') ? limit + 1 : limit, 'a'));
  });
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const whole = await world.client.send(aCall(id), never);
  const more = await world.client.send(aCall(id, { url: '/more' }), never);

  expect(whole.reply).toMatchObject({ kind: 'answered', isTooLarge: false });
  expect(whole.reply).toHaveProperty('body.length', limit);
  expect(more.reply).toMatchObject({ kind: 'answered', status: 200, isTooLarge: true, body: '' });
});

test('a compressed answer is opened, but not a bomb', async () => {
  const vendor = await startVendorServer((seen, response) => {
    const plain = seen.url.endsWith('bomb') ? Buffer.alloc(11 * 1024 * 1024) : Buffer.from('{"id":"ada"}');
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(plain));
  });
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  expect((await world.client.send(aCall(id), never)).reply).toMatchObject({ body: '{"id":"ada"}' });
  expect((await world.client.send(aCall(id, { url: '/bomb' }), never)).reply).toMatchObject({
    isTooLarge: true,
  });
});

test('a redirect is an answer like any other and is not followed', async () => {
  const vendor = await startVendorServer((_, response) => {
    response.writeHead(302, { location: '/elsewhere' });
    response.end();
  });
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  expect((await world.client.send(aCall(id), never)).reply).toMatchObject({ kind: 'answered', status: 302 });
  expect(vendor.seen).toHaveLength(1);
});

test('no more calls than allowed are under way at once', async () => {
  let inside = 0;
  let most = 0;
  const vendor = await startVendorServer((_, response) => {
    inside += 1;
    most = Math.max(most, inside);
    setTimeout(() => {
      inside -= 1;
      sendJson(response, 200, {});
    }, 5);
  });
  const world = createOutboundWorld([vendor.host], { concurrency: 3 });
  const id = await world.addCredential(vendor.url);

  const sent = await Promise.all(Array.from({ length: 40 }, () => world.client.send(aCall(id), never)));

  expect(sent.every(({ reply }) => reply.kind === 'answered')).toBe(true);
  expect(most).toBe(3);
});

test('a refusal makes its credential wait, and no other', async () => {
  const vendor = await startVendorServer((_, response, n) =>
    n === 1 ? sendJson(response, 429, {}, { 'retry-after': '7' }) : sendJson(response, 200, {}),
  );
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);
  const other = await world.addCredential(vendor.url, {}, 'Another account');
  const before = world.clock.now();

  await world.client.send(aCall(id), never);
  await world.client.send(aCall(other), never);
  const waitedByOther = world.clock.now() - before;
  await world.client.send(aCall(id), never);

  expect(waitedByOther).toBe(0);
  expect(world.clock.now() - before).toBe(7_000);
});

test('a call that was cancelled before it was sent is not sent', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  const { reply } = await world.client.send(aCall(id), AbortSignal.abort());

  expect(reply.kind).toBe('not_sent');
  expect(vendor.seen).toHaveLength(0);
});

test('a credential that nobody authenticated, or that is not there, sends nothing', async () => {
  const world = createOutboundWorld(['127.0.0.1:9']);
  const view = await world.credentials.create({
    ...{ name: 'new', owner: '', vendorId: 'webex', description: '', scopes: '', clientId: 'a' },
    ...{ clientSecret: 'sandbox-secret', baseUrl: 'http://127.0.0.1:9/v1' },
  });

  for (const credential of [
    { id: view.credential.id },
    { name: 'new' },
    { id: 'crd_none' },
    { name: 'none' },
  ]) {
    const { reply } = await world.client.send(aCall('', { credential }), never);
    expect(reply).toMatchObject({ kind: 'not_sent', isPermanent: true, isUnauthorized: true });
  }
});

test('a credential may be named, and is marked as used at most once a minute', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);

  await world.client.send(aCall('', { credential: { name: 'Webex admin' } }), never);
  const first = (await world.store.find(id))?.credential.lastUsedAt;
  await world.clock.sleep(30_000);
  await world.client.send(aCall(id), never);
  const second = (await world.store.find(id))?.credential.lastUsedAt;
  await world.clock.sleep(31_000);
  await world.client.send(aCall(id), never);

  expect(first).not.toBeNull();
  expect(second).toBe(first);
  expect((await world.store.find(id))?.credential.lastUsedAt).not.toBe(first);
});
