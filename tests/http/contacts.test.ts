import { expect, test } from 'vitest';
import type { IntegrationDetails, Notification } from '#contract';
import { newId } from '#domain/ids';
import { notifications } from '../../server/store/schema.ts';
import { ada, buildTestApp, type TestApp } from '../support/build-app.ts';

function addNote(app: TestApp, title: string, operatorId: string | null): void {
  const note = { level: 'error', title, message: '', link: null, isRead: false, at: app.clock.now() };
  app.database
    .insert(notifications)
    .values({ ...note, id: newId('notification'), operatorId })
    .run();
}

async function titles(app: TestApp, caller: { cookie?: string; token?: string }): Promise<string[]> {
  const page = await app.send('GET', '/notifications', caller);
  return page.json<{ items: Notification[] }>().items.map(({ title }) => title);
}

test('operators can be chosen as contacts, and whoever adds an integration is one', async () => {
  const app = await buildTestApp();
  const cookie = await app.signIn();

  const choices = (await app.send('GET', '/contacts', { cookie })).json();
  const added = await app.send('POST', '/integrations', {
    cookie,
    body: { vendorId: 'webex', name: 'Webex users' },
  });

  expect(choices).toMatchObject({ operators: [{ name: ada.name, email: ada.email }], sendsMail: false });
  const { integration } = added.json<IntegrationDetails>();
  expect(integration.contacts.operatorIds).toEqual([choices.operators[0].id]);
});

test('a server with a mail server says that it sends e-mails', async () => {
  const app = await buildTestApp({
    ROLLCALL_SMTP_URL: 'smtp://127.0.0.1:2525',
    ROLLCALL_MAIL_FROM: 'rollcall@acme.test',
  });

  const choices = await app.send('GET', '/contacts', { token: await app.token('viewer') });

  expect(choices.json()).toMatchObject({ sendsMail: true });
});

test('a notification for one operator is shown to them only', async () => {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const token = await app.token('admin');
  const session = (await app.send('GET', '/session', { cookie })).json();
  addNote(app, 'For all', null);
  addNote(app, 'For Ada', session.operator.id);
  addNote(app, 'For Grace', 'opr_grace');

  expect(await titles(app, { cookie })).toEqual(['For Ada', 'For all']);
  expect(await titles(app, { token })).toEqual(['For all']);

  await app.send('PUT', '/notifications/read', { cookie });
  const unread = app.database.select().from(notifications).all();
  expect(unread.filter(({ isRead }) => !isRead).map(({ title }) => title)).toEqual(['For Grace']);
});

test.each([
  [{ contacts: { operatorIds: [], addresses: ['no address'] } }, 'e-mail address'],
  [{ schedule: { cron: '0 0 31 2 *', timeZone: 'UTC' } }, 'never comes'],
  [{ missingAccounts: { action: 'deactivate', maxSharePercent: 101 } }, '100'],
])('the change %j is refused with a reason', async (body, words) => {
  const app = await buildTestApp();
  const token = await app.token('author');
  const added = await app.send('POST', '/integrations', {
    token,
    body: { vendorId: 'webex', name: 'Webex users' },
  });
  const { id } = added.json<IntegrationDetails>().integration;

  const response = await app.send('PATCH', `/integrations/${id}`, { token, body });

  expect(response.statusCode).toBe(400);
  expect(response.body).toContain(words);
});
