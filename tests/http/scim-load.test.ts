import { expect, test, vi } from 'vitest';
import type { CredentialDetails, Person, SaasUser } from '#contract';
import { buildTestApp } from '../support/build-app.ts';
import { loadEverybody } from '../support/load-everybody.ts';
import { openScimServer } from '../support/scim-server.ts';

vi.setConfig({ testTimeout: 30_000 });

test('everybody of a SCIM server that is not ours is loaded, with groups, in pages, and a second load changes nothing', async () => {
  const server = await openScimServer(130);
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: new URL(server.url).host });
  const cookie = await app.signIn();
  const send = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: object,
  ): Promise<T> => {
    const reply = await app.send(method, path, { cookie, ...(body && { body }) });
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.statusCode} ${reply.body}`);
    return (reply.body === '' ? undefined : reply.json<T>()) as T;
  };
  const { credential } = await send<CredentialDetails>('POST', '/credentials', {
    ...{ name: 'SCIM', vendorId: 'scim', kind: 'bearer', token: server.token, baseUrl: server.url },
  });

  const first = await loadEverybody(send, { vendorId: 'scim', credentialId: credential.id });
  const pages = server.calls.filter((call) => call === 'GET /Users').length;
  const second = await send<{ id: string }>('POST', `/integrations/${first.integrationId}/loads`, {});
  let load = await send<typeof first>('GET', `/loads/${second.id}`);
  while (load.finishedAt === null) {
    await new Promise((resolve) => setImmediate(resolve));
    load = await send('GET', `/loads/${second.id}`);
  }

  expect(first.tally).toMatchObject({ read: 130, created: 130 });
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(load.tally).toMatchObject({ read: 130, created: 0 });
  const [saas] = (await send<{ items: { id: string }[] }>('GET', '/apps')).items;
  const { items } = await send<{ items: SaasUser[] }>('GET', `/apps/${saas?.id}/users?limit=200`);
  expect(items.map(({ identifier }) => identifier).sort()).toEqual([...server.users.keys()].sort());
  // Every sixth is not active there, and three people are in both groups.
  expect(items.filter(({ status }) => status === 'false')).toHaveLength(21);
  expect(items.filter(({ roles }) => roles.length > 0).map(({ roles }) => [...roles].sort())).toEqual([
    ['Administrators', 'Research'],
    ['Administrators', 'Research'],
    ['Administrators', 'Research'],
  ]);
  const { items: people } = await send<{ items: Person[] }>('GET', '/people?limit=200');
  expect(people).toHaveLength(130);
  expect(people.find(({ email }) => email === 'ada@acme.test')).toMatchObject({
    firstName: 'Ada',
    lastName: 'Lovelace',
  });
});
