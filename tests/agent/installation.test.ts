import { expect, test } from 'vitest';
import type { IntegrationDetails } from '#contract';
import { listOf, manyPeople } from '../support/load-world.ts';
import { createAgentWorld } from './agent-world.ts';

async function createWorld() {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const token = await world.app.token('admin');
  const path = `/integrations/${world.integrationId}`;
  return {
    ...world,
    path,
    details: () => world.send<IntegrationDetails>('GET', path),
    send: (method: 'POST' | 'PATCH' | 'DELETE', to: string, body?: unknown) =>
      world.app.send(method, to, { token, body }),
  };
}

test.each([
  [{ agentId: 'agt_nobody' }, 'Choose the agent that does its loads.'],
  [{ agentId: null }, 'Choose the agent that does its loads.'],
  [{ agentCredential: 'Zoom' }, 'The agent "Branch office" has no credential "Zoom" for this vendor.'],
])('a local installation refuses %j', async (change, detail) => {
  const { send, path } = await createWorld();

  const response = await send('PATCH', path, change);

  expect(response.json()).toMatchObject({ status: 400, detail });
});

test('an integration that moves to the cloud forgets its agent, and is a draft until it has a credential', async () => {
  const { send, path, details, agentId } = await createWorld();

  await send('PATCH', path, { installation: 'cloud' });

  const { integration, missing } = await details();
  expect(integration).toMatchObject({ status: 'draft', agentId: null, agentCredential: '' });
  expect(missing).toEqual([{ section: 'credential', message: 'Choose a credential.' }]);
  expect((await send('DELETE', `/agents/${agentId}`)).statusCode).toBe(204);
});

test('an agent that an integration loads by cannot be removed', async () => {
  const { send, agentId } = await createWorld();

  const response = await send('DELETE', `/agents/${agentId}`);

  expect(response.json()).toMatchObject({ status: 409, detail: expect.stringContaining('"Webex users"') });
});

test('a credential that has to log in again says where', async () => {
  const { post, details } = await createWorld();
  const credentials = [{ name: 'Webex far away', vendorId: 'webex', status: 'expired' }];

  await post('/contact', { version: '0.0.0', credentials, fence: null });

  expect((await details()).missing).toEqual([
    {
      section: 'credential',
      message: expect.stringContaining('rollcall agent credential login --name "Webex far away"'),
    },
  ]);
});
