import { expect, test } from 'vitest';
import { Permit } from '#domain/permit';
import { webhookVendor } from '#domain/webhook';
import type { VendorCall } from '#engine/vendor-ports';
import { createOutboundWorld, never } from '../support/outbound-world.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

const path = '/services/T000/B000/very-secret-part';

async function opened() {
  const seen: { url: string | undefined }[] = [];
  const channel = await startVendorServer((request, response) => {
    seen.push({ url: request.url });
    sendJson(response, 200, { said: request.url });
  });
  const world = createOutboundWorld([channel.host], {
    vendors: { find: () => webhookVendor, list: () => [] },
  });
  const draft = {
    name: 'IT channel',
    owner: '',
    vendorId: 'webhook',
    description: '',
    scopes: '',
    clientId: '',
  };
  const { credential } = await world.credentials.create({ ...draft, token: channel.url + path });
  return { channel, seen, world, draft, credential };
}

function message(id: string): VendorCall {
  const call: VendorCall = {
    ...{ credential: { id }, class: 'non-idempotent', method: 'POST', url: '/', timeoutMs: 5_000 },
    ...{ headers: { 'content-type': 'application/json' }, body: '{"text":"Hello"}' },
  };
  return { ...call, permit: new Permit(call, 'webhook', () => true) };
}

test('a message goes to the URL of the webhook, of which nobody gets to see the path', async () => {
  const { channel, seen, world, credential } = await opened();

  const { request, reply } = await world.client.send(message(credential.id), never);

  expect(seen.map(({ url }) => url)).toEqual([path]);
  expect(request).toMatchObject({ method: 'POST', url: `${channel.url}/•••`, body: '{"text":"Hello"}' });
  expect(request.headers).toEqual({ 'content-type': 'application/json' });
  expect(reply).toMatchObject({ kind: 'answered', status: 200 });
  expect(JSON.stringify([request, reply, await world.credentials.find(credential.id)])).not.toContain(
    'very-secret',
  );
  expect(credential).toMatchObject({ kind: 'webhook-url', baseUrl: channel.url, status: 'authenticated' });
});

test('the URL is kept sealed', async () => {
  const { world } = await opened();

  const stored = world.database.$client.serialize().toString('latin1');

  expect(stored).toContain('IT channel');
  expect(stored).not.toContain('very-secret');
});

test('a URL that may not be called, or that has no path, is refused before it is stored', async () => {
  const { world, draft, channel } = await opened();
  const refusal = (token: string) => world.credentials.create({ ...draft, name: 'Other', token });

  await expect(refusal('https://10.0.0.7/services/x')).rejects.toMatchObject({ place: 'token' });
  await expect(refusal('no url')).rejects.toMatchObject({ place: 'token' });
  await expect(refusal(channel.url)).rejects.toThrow(/whole URL/);
});

test('a test sends nothing', async () => {
  const { world, credential, seen } = await opened();

  expect(await world.credentials.test(credential.id)).toMatchObject({ isOk: true });
  expect(seen).toEqual([]);
});

test('a new URL takes the place of the stored one, and may lead elsewhere', async () => {
  const { world, credential, draft, channel, seen } = await opened();
  await world.credentials.update(credential.id, { ...draft, token: `${channel.url}/services/other-one` });

  await world.client.send(message(credential.id), never);

  expect(seen.map(({ url }) => url)).toEqual(['/services/other-one']);
});
