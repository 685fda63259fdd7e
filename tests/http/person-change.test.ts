import { describe, expect, test } from 'vitest';
import type { PersonDetails, Problem } from '#contract';
import { buildTestApp } from '../support/build-app.ts';
import { addAccounts } from '../support/engine-world.ts';

async function openAda() {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  addAccounts(app.database, [{ name: 'ada' }, { name: 'grace' }]);
  for (const field of [
    { label: 'Site', type: 'choice', choices: ['Berlin', 'Oslo'] },
    { label: 'Start', type: 'date' },
    { label: 'Badge', type: 'text', isUnique: true },
  ])
    await app.send('POST', '/fields', { cookie, body: { recordType: 'person', ...field } });
  const change = (values: object, id = 'per_ada') =>
    app.send('PATCH', `/people/${id}`, { cookie, body: { values } });
  return { app, change };
}

describe('a person', () => {
  test('gets new values, each with who changed it', async () => {
    const { change } = await openAda();

    const values = { last_name: ' Lovelace ', site: 'Oslo', start: '2026-11-02', status: 'deactivated' };
    const { person, history } = (await change(values)).json<PersonDetails>();

    expect(person).toMatchObject({
      lastName: 'Lovelace',
      status: 'deactivated',
      fields: { site: 'Oslo', start: '2026-11-02' },
    });
    expect(history.map(({ field, after }) => [field, after])).toEqual([
      ['status', 'deactivated'],
      ['start', '2026-11-02'],
      ['site', 'Oslo'],
      ['last_name', 'Lovelace'],
    ]);
    expect(history[0]).toMatchObject({ cause: { kind: 'operator' }, causeLabel: 'Ada Lovelace' });
  });

  test('loses a value, and nothing is noted where nothing changed', async () => {
    const { change } = await openAda();
    await change({ site: 'Oslo' });

    const { person, history } = (await change({ site: '', first_name: 'ada' })).json<PersonDetails>();

    expect(person.fields.site).toBeNull();
    expect(history.map(({ field }) => field)).toEqual(['site', 'site']);
  });

  test.each([
    [{ username: '' }, 'username'],
    [{ email: 'ada' }, 'email'],
    [{ role: 'Emperor' }, 'role'],
    [{ status: 'asleep' }, 'status'],
    [{ site: 'Paris' }, 'site'],
    [{ last_name: 'Byron', start: 'soon' }, 'start'],
    [{ salary: 1 }, 'salary'],
  ])('is not changed by %j', async (values, place) => {
    const { app, change } = await openAda();

    const answer = await change(values);

    expect(answer.statusCode).toBe(400);
    expect(answer.json<Problem>()).toMatchObject({ place });
    const rows = app.database.$client.prepare("SELECT * FROM changes WHERE record_id = 'per_ada'").all();
    expect(rows).toEqual([]);
  });

  test('does not get what is unique and somebody else has', async () => {
    const { change } = await openAda();
    await change({ badge: 'A1' }, 'per_grace');

    expect((await change({ badge: 'a1' })).statusCode).toBe(409);
    expect((await change({ username: 'GRACE@acme.test' })).statusCode).toBe(409);
    expect((await change({ email: 'x@acme.test' }, 'per_nobody')).statusCode).toBe(404);
  });
});
