import { expect, test } from 'vitest';
import type { Agent, AgentInvitation } from '#contract';
import { agents, audit } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';

const hourMs = 60 * 60 * 1000;

const invite = async (app: TestApp, name = 'Branch office') =>
  (
    await app.send('POST', '/agents', { token: await app.token('admin'), body: { name } })
  ).json<AgentInvitation>();

const register = (app: TestApp, token: string) =>
  app.send('POST', '/agent/registration', { body: { token, version: '1.2.3' } });

const contact = (app: TestApp, key: string, credentials: unknown[] = []) =>
  app.send('POST', '/agent/contact', { token: key, body: { version: '1.2.3', credentials, fence: null } });

const list = async (app: TestApp) =>
  (await app.send('GET', '/agents', { token: await app.token('viewer') })).json<{ items: Agent[] }>().items;

test('an agent registers with its token once, and shows its version, contact and credentials', async () => {
  const app = await buildTestApp();
  const { token } = await invite(app);

  const { key, name } = (await register(app, token)).json<{ key: string; name: string }>();
  const again = await register(app, token);
  app.clock.set(app.clock.now() + hourMs);
  const said = await contact(app, key, [{ name: 'Webex', vendorId: 'webex', status: 'authenticated' }]);

  expect(name).toBe('Branch office');
  expect(again.statusCode).toBe(401);
  expect(said.statusCode).toBe(200);
  expect(await list(app)).toMatchObject([
    {
      name: 'Branch office',
      version: '1.2.3',
      lastContactAt: new Date(app.clock.now()).toISOString(),
      credentials: [{ name: 'Webex', vendorId: 'webex', status: 'authenticated' }],
    },
  ]);
});

test('neither the token nor the key of an agent is stored or told again', async () => {
  const app = await buildTestApp();
  const { token } = await invite(app);
  const { key } = (await register(app, token)).json<{ key: string }>();

  const stored = JSON.stringify([app.database.select().from(agents).all(), await list(app)]);

  expect(stored).not.toContain(token);
  expect(stored).not.toContain(key);
});

test('a registration token is good for 24 hours', async () => {
  const app = await buildTestApp();
  const { token } = await invite(app);

  app.clock.set(app.clock.now() + 24 * hourMs);

  expect((await register(app, token)).json()).toMatchObject({
    status: 401,
    detail: expect.stringContaining('Ask for a new one'),
  });
});

test('a new registration token ends what the old key opens', async () => {
  const app = await buildTestApp();
  const first = await invite(app);
  const { key } = (await register(app, first.token)).json<{ key: string }>();

  const second = await app.send('POST', `/agents/${first.agent.id}/invitation`, {
    token: await app.token('admin'),
  });
  const old = await contact(app, key);
  const renewed = await register(app, second.json<AgentInvitation>().token);

  expect(old.statusCode).toBe(401);
  expect((await contact(app, renewed.json<{ key: string }>().key)).statusCode).toBe(200);
});

test('a removed agent is known no more', async () => {
  const app = await buildTestApp();
  const { agent, token } = await invite(app);
  const { key } = (await register(app, token)).json<{ key: string }>();

  const removal = await app.send('DELETE', `/agents/${agent.id}`, { token: await app.token('admin') });

  expect(removal.statusCode).toBe(204);
  expect((await contact(app, key)).statusCode).toBe(401);
  expect(await list(app)).toEqual([]);
});

test('the key of an agent opens nothing that is for operators, and their tokens nothing for agents', async () => {
  const app = await buildTestApp();
  const { token } = await invite(app);
  const { key } = (await register(app, token)).json<{ key: string }>();

  expect((await app.send('GET', '/people', { token: key })).statusCode).toBe(401);
  expect((await contact(app, await app.token('admin'))).statusCode).toBe(401);
});

test('two agents cannot have one name', async () => {
  const app = await buildTestApp();
  await invite(app);

  const second = await app.send('POST', '/agents', {
    token: await app.token('admin'),
    body: { name: 'Branch office' },
  });

  expect(second.statusCode).toBe(409);
});

test('the audit tells who added an agent and that one registered, and nothing of its contacts', async () => {
  const app = await buildTestApp();
  const { token } = await invite(app);
  const { key } = (await register(app, token)).json<{ key: string }>();
  await contact(app, key);

  const actions = app.database.select().from(audit).all();
  expect(actions.map(({ action }) => action)).toEqual(['POST /agents', 'POST /agent/registration']);
});
