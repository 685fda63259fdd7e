import { describe, expect, it } from 'vitest';
import type { GuardContent } from '#domain/guard';
import { isFinished } from '#domain/run';
import { guardState, protections } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

const nameIn = (url: string): string => /wx-(\w+)/.exec(url)?.[1] ?? '';

/** A request of an author's own is made for Grace; gives back what was sent, and why it was not. */
async function run(
  request: object,
  { account = {}, isProtected = false, content = liftedGuard as GuardContent } = {},
) {
  const client = createScriptedClient(({ method, url }) => {
    if (method !== 'GET') return answer(200, {});
    const name = nameIn(url);
    return answer(200, { id: `wx-${name}`, emails: [`${name}@acme.test`], ...account });
  });
  const world = createWorld({
    client,
    prepare: (database) => void database.insert(guardState).values({ id: 1, generation: 1, content }).run(),
  });
  const { database, runner, guard } = world;
  addAccounts(database, [{ name: 'grace' }, { name: 'tim' }]);
  if (isProtected) {
    const about = { id: 'prt_1', vendorId: null, note: '', createdBy: 'Ada', createdAt: 0 };
    database
      .insert(protections)
      .values({ ...about, kind: 'address', value: 'grace@acme.test' })
      .run();
    await guard.refresh();
  }
  const settings = {
    ...{ vendorId: 'webex', authorization: { mode: 'static', credentialId: 'crd_1' } },
    ...{ bodyKind: 'json', body: '{"active": false}' },
    ...request,
  };
  addWorkflow(database, aGraph({ begin: ['begin'], call: ['api', settings] }, ['begin.next > call']));
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', recordIds: ['sus_grace'] });
  for (;;) {
    const found = await runner.details(id);
    if (isFinished(found.run.status) || found.run.status === 'waiting') break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { record, steps } = await runner.recordSteps(id, 1);
  const kept = database.$client.prepare("SELECT before FROM steps WHERE block = 'call'").get();
  const sent = client.calls.map(({ method, url }) => `${method} ${url}`);
  return {
    sent: sent.filter((call) => !call.startsWith('GET')),
    read: sent.filter((call) => call.startsWith('GET')),
    before: (kept as { before: string | null }).before,
    why: record.error ?? record.waits?.held?.sentence ?? steps.at(-1)?.error ?? '',
  };
}

/** Requests of which only the method is known, each about Grace. */
const about = [
  { method: 'PUT', url: '/people/{{webex_user_id}}' },
  { method: 'PATCH', url: '/people/{{webex_user_id}}/status' },
  { method: 'POST', url: '/people/{{webex_user_id}}/disable' },
  { method: 'POST', url: '/bulk', body: '{"people": ["{{webex_user_id}}"]}' },
  { method: 'POST', url: '/bulk', body: '{"who": "{{email}}"}' },
  { method: 'POST', url: '/bulk?who={{email}}' },
  { method: 'POST', url: '/bulk', bodyKind: 'form', body: 'who={{email}}' },
  { method: 'POST', url: '/bulk', body: '{"who": "{{email}}"}', actsOn: 'nobody' },
];

describe.each(about)('$method $url with $body ($actsOn), which names the account', (request) => {
  it('keeps the state of the account first', async () => {
    const { sent, read, before } = await run(request);

    expect(read).toEqual(['GET /people/wx-grace']);
    expect(sent).toHaveLength(1);
    expect(JSON.parse(before ?? 'null').body).toMatchObject({ id: 'wx-grace' });
  });

  it.each([
    ['protected', { isProtected: true }, /protected by the address/],
    ['an administrator', { account: { roles: ['role-admin'] } }, /an administrator/],
    ['somebody else', { account: { emails: ['other@acme.test'] } }, /names other@acme.test/],
  ])('is not sent where it is %s', async (_case, state, sentence) => {
    const { sent, why } = await run(request, state);

    expect(sent).toEqual([]);
    expect(why).toMatch(sentence);
  });
});

it.each([
  { method: 'POST', url: '/bulk' },
  { method: 'PUT', url: '/settings' },
  { method: 'PUT', url: '/people/wx-tim' },
  { method: 'DELETE', url: '/people/wx-tim', bodyKind: 'none' },
])('$method $url, which names somebody else or nobody, is not sent', async (request) => {
  const { sent, why } = await run(request);

  expect(sent).toEqual([]);
  expect(why).not.toBe('');
});

it("is sent without a look where its author says that it is about nobody's account, and it names none", async () => {
  const request = { method: 'POST', url: '/bulk', body: '{"text": "webex 2026"}', actsOn: 'nobody' };
  const { sent, read, before } = await run(request);

  expect({ sent, read, before }).toEqual({ sent: ['POST /bulk'], read: [], before: null });
});

it('is not sent where it names an account and nothing says how to look at it', async () => {
  const url = '/members/{{saas_user.identifier}}/disable';
  const { sent, why } = await run({ method: 'POST', vendorId: '', url, actsOn: 'nobody' });

  expect(sent).toEqual([]);
  expect(why).toMatch(/Nothing says how to look at the account/);
});
