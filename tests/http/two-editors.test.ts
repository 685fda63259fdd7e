import { expect, test } from 'vitest';
import type { CredentialDetails, IntegrationDetails } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

/** What a change answers, as two tabs that were opened at the same time send it. */
async function openTwoTabs() {
  const app = await buildTestApp();
  const token = await app.token('admin');
  const draft = { vendorId: 'planhat', name: 'Planhat users' };
  const made = await app.send('POST', '/integrations', { token, body: draft });
  const { integration } = made.json<IntegrationDetails>();
  const path = `/integrations/${integration.id}`;
  return {
    seen: integration,
    save: async (body: object) => (await app.send('PATCH', path, { token, body })).json(),
    now: async () => (await app.send('GET', path, { token })).json<IntegrationDetails>().integration,
    send: (method: 'POST' | 'PATCH' | 'GET', to: string, body?: object) =>
      app.send(method, to, { token, body }),
  };
}

const at = (cron: string) => ({ cron, timeZone: 'Europe/Zurich' });

test('a schedule that somebody else has changed meanwhile is not overwritten', async () => {
  const { seen, save, now } = await openTwoTabs();
  const was = { schedule: seen.schedule };
  await save({ schedule: at('0 5 * * *'), was });

  const second = await save({ schedule: at('0 6 * * *'), was });

  expect(second).toMatchObject({ status: 409, code: 'conflict', place: 'schedule' });
  expect(second.detail).toMatch(/changed the schedule while you were editing\. Cancel/);
  expect((await now()).schedule).toEqual(at('0 5 * * *'));
  expect(await save({ schedule: at('0 6 * * *'), was: { schedule: at('0 5 * * *') } })).toMatchObject({
    integration: { schedule: at('0 6 * * *') },
  });
});

test('two tabs that change different parts of one form both keep what they changed', async () => {
  const { seen, save, now } = await openTwoTabs();
  const was = { name: seen.name, mode: seen.mode, contacts: seen.contacts };

  await save({ ...was, name: 'Planhat', was });
  await save({ ...was, mode: 'user', was });

  expect(await now()).toMatchObject({ name: 'Planhat', mode: 'user' });
});

test('two tabs that make the same change are of one mind', async () => {
  const { seen, save } = await openTwoTabs();
  const was = { name: seen.name };

  await save({ name: 'Planhat', was });

  expect(await save({ name: 'Planhat', was })).toMatchObject({ integration: { name: 'Planhat' } });
});

test('a refused change of one part changes none', async () => {
  const { seen, save, now } = await openTwoTabs();
  const was = { name: seen.name, preference: seen.preference };
  await save({ name: 'Planhat', was });

  const second = await save({ name: 'Customers', preference: 'create_only', was });

  expect(second).toMatchObject({ status: 409, place: 'name' });
  expect(await now()).toMatchObject({ name: 'Planhat', preference: 'create_and_update' });
});

test('two changes that arrive together do not both win', async () => {
  const { seen, save } = await openTwoTabs();
  const was = { schedule: seen.schedule };

  const answers = await Promise.all(
    ['0 4 * * *', '0 5 * * *', '0 6 * * *'].map((cron) => save({ schedule: at(cron), was })),
  );

  expect(answers.map(({ status = 200 }) => status).sort()).toEqual([200, 409, 409]);
});

test('a credential that somebody else has changed meanwhile is not overwritten', async () => {
  const { send } = await openTwoTabs();
  const draft = { name: 'Planhat', vendorId: 'planhat', kind: 'bearer', description: '' };
  const made = await send('POST', '/credentials', { ...draft, token: 'planted-token-1' });
  const { credential } = made.json<CredentialDetails>();
  const { name, description, baseUrl } = credential;
  const save = (body: object) =>
    send('PATCH', `/credentials/${credential.id}`, {
      ...draft,
      was: { name, description, baseUrl },
      ...body,
    });
  await save({ description: 'For loads' });

  const second = await save({ name: 'Planhat admin', token: 'planted-token-2' });

  expect(second.json()).toMatchObject({ status: 409, place: 'description' });
  expect((await send('GET', `/credentials/${credential.id}`)).json()).toMatchObject({
    credential: { name: 'Planhat', description: 'For loads' },
  });
});
