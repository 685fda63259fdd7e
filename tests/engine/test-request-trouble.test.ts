import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { createOutboundWorld } from '../support/outbound-world.ts';
import { free, openTestRequests } from '../support/test-request-world.ts';
import { type Reply, startVendorServer } from '../support/vendor-server.ts';

/** A block of a credential of the vendor at this host, tried with the product's own client. */
async function tryAt(host: string, settings: object) {
  const database = openDatabase(':memory:');
  const { client: sender, addCredential } = createOutboundWorld([host], { database });
  const credentialId = await addCredential(`http://${host}`);
  const { make } = openTestRequests(undefined, [], { database, sender });
  const authorization = { mode: 'static', credentialId };
  return make(free({ vendorId: 'webex', url: '/people', ...settings, authorization }), { mode: 'read' });
}

async function tryAgainst(reply: Reply, settings: object = {}) {
  const { host, seen } = await startVendorServer(reply);
  return { seen, tried: await tryAt(host, settings) };
}

/** A place where nobody listens. */
async function deadHost(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

it('an answer over 10 MB is not read, and what to do is said', async () => {
  const big = Buffer.from(JSON.stringify({ items: ['x'.repeat(11 * 1024 * 1024)] }));
  const { tried } = await tryAgainst((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(big);
  });

  expect(tried).toMatchObject({ exit: 'failure', answer: { outcome: 'malformed', body: null, isCut: true } });
  expect(tried.answer?.message).toMatch(/over 10 MB.*Ask for fewer fields or a smaller page\.$/);
});

it('a vendor that is not there is named, with what to look at', async () => {
  const host = await deadHost();
  const tried = await tryAt(host, {});

  expect(tried).toMatchObject({ exit: 'failure', answer: { outcome: 'not_sent', status: null } });
  expect(tried.answer?.message).toMatch(
    new RegExp(`^${host}.* Check the base URL of the credential, and whether the vendor is up\\.$`),
  );
});

it('a connection that breaks off leaves by the failure exit', async () => {
  const { tried } = await tryAgainst((_, response) => void response.destroy());

  expect(tried).toMatchObject({ exit: 'failure', answer: { outcome: 'unavailable', status: null } });
  expect(tried.answer?.message).toMatch(/did not answer/);
});

it.each([
  ['another host', { url: 'https://other.test/people' }, /may be sent to .* only, not to other\.test/],
  [
    'another port of the host',
    { url: 'http://127.0.0.1:1/people' },
    /may not be called without encryption\. Use https/,
  ],
])('%s is not called with the credential', async (_, settings, sentence) => {
  const { seen, tried } = await tryAgainst(() => {
    throw new Error('Nothing may arrive.');
  }, settings);

  expect(seen).toEqual([]);
  expect(tried.answer).toMatchObject({ outcome: 'not_sent', message: expect.stringMatching(sentence) });
});

it.each([
  ['{{email}}', 'url'],
  ['https://{{email}}/people', 'url'],
  ['https://webexapis.com{{email}}/people', 'url'],
  ['https://user:{{email}}@webexapis.com/people', 'url'],
  ['//other.test/people', 'url'],
  ['\\\\other.test\\people', 'url'],
  ['javascript:alert(1)', 'url'],
  ['file:///etc/passwd', 'url'],
])('a URL whose host is open is refused before anything is rendered: %s', async (url, setting) => {
  const { make, client } = openTestRequests();
  const tried = await make(free({ url }), { mode: 'read' });

  expect(tried.issues).toMatchObject([{ setting }]);
  expect(client.calls).toEqual([]);
});

it('a line break that comes into a header with a value stops the request', async () => {
  const { make, client } = openTestRequests();
  const headers = [{ key: 'X-Reason', value: '{{note}}' }];
  const tried = await make(free({ url: '/people', headers }), {
    mode: 'read',
    values: { note: 'a\r\nAuthorization: Bearer other' },
  });

  expect(tried.refusal).toMatch(/header value holds a line break/);
  expect(client.calls).toEqual([]);
});
