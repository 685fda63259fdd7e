import { expect, test } from 'vitest';
import { ada, buildTestApp } from '../support/build-app.ts';

test('every change is written down with who made it, and every sign-in that failed', async () => {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const body = { recordType: 'person', label: 'Badge', type: 'text' };
  await app.send('GET', '/people', { cookie });
  await app.send('POST', '/fields', { cookie, body });
  await app.send('POST', '/fields', { cookie, body: {} });
  await app.send('POST', '/session', { body: { email: ada.email, password: 'a guess' } });

  const read = app.database.$client.prepare('SELECT actor, action, details FROM audit ORDER BY id');
  // Written behind the answer, in the journal's own thread.
  await expect.poll(() => read.all().length).toBe(3);
  const rows = read.all();
  expect(rows).toMatchObject([
    { actor: ada.email, action: 'POST /session' },
    { actor: expect.stringContaining(ada.name), action: 'POST /fields' },
    { actor: ada.email, action: 'POST /session', details: expect.stringContaining('401') },
  ]);
  expect(JSON.stringify(rows)).not.toContain('a guess');
});
