import { expect, it } from 'vitest';
import type { VendorCall } from '#engine/vendor-ports';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { free, openTestRequests } from '../support/test-request-world.ts';

const paging = (more: object = {}) => ({
  next: { kind: 'offset', sizeParam: 'limit', size: 2, offsetParam: 'from' },
  items: 'data.people',
  maxPages: 10,
  whenMore: 'fail',
  ...more,
});
const list = (more: object = {}) =>
  free({ method: 'GET', url: '/people?role={{status}}', paging: paging(more) });

/** Five people, so many at a time as are asked for. */
const five: Script = ({ url }) => {
  const query = new URL(url, 'https://acme.test').searchParams;
  const [from, limit] = [Number(query.get('from')), Number(query.get('limit'))];
  const people = ['a', 'b', 'c', 'd', 'e'].slice(from, from + limit);
  return answer(200, { data: { people, other: 1 }, total: 5 });
};
const urlsOf = ({ calls }: { calls: VendorCall[] }) => calls.map(({ url }) => url);

it('all pages become one answer', async () => {
  const { make, client } = openTestRequests(five);

  const tried = await make(list(), { mode: 'read' });

  expect(tried.answer).toMatchObject({
    outcome: 'ok',
    body: { data: { people: ['a', 'b', 'c', 'd', 'e'], other: 1 }, total: 5 },
  });
  expect(urlsOf(client)).toEqual([
    '/people?role=active&limit=2&from=0',
    '/people?role=active&limit=2&from=2',
    '/people?role=active&limit=2&from=4',
  ]);
});

it('more pages than the cap are a failure, unless the first ones are enough', async () => {
  const { make } = openTestRequests(five);

  expect((await make(list({ maxPages: 2 }), { mode: 'read' })).answer).toMatchObject({
    outcome: 'rejected',
    message: expect.stringMatching(/more than 2 pages/),
  });
  expect((await make(list({ maxPages: 2, whenMore: 'keep' }), { mode: 'read' })).answer).toMatchObject({
    outcome: 'ok',
    body: { data: { people: ['a', 'b', 'c', 'd'] } },
    message: expect.stringMatching(/only the first 2/),
  });
});

it.each<[string, Script, RegExp]>([
  ['a page that is refused', (call, n) => (n === 2 ? answer(403, {}) : five(call, n)), /^Page 2: /],
  ['a page without the list', (call, n) => (n === 2 ? answer(200, {}) : five(call, n)), /Page 2 .* no list/],
])('%s is the outcome, not half a list', async (_, script, message) => {
  const { make } = openTestRequests(script);

  const { answer: found, exit } = await make(list(), { mode: 'read' });

  expect(exit).toBe('failure');
  expect(found?.message).toMatch(message);
});

it('a vendor that leads back to a page that was read is no list', async () => {
  const loop: Script = () => answer(200, ['a'], { link: '<https://acme.test/people?from=2>; rel="next"' });
  const next = { kind: 'link-header', sizeParam: 'limit', size: 1 };
  const { make, client } = openTestRequests(loop);

  const tried = await make(list({ next, items: '' }), { mode: 'read' });

  expect(tried.answer?.message).toMatch(/back to an earlier one/);
  expect(client.calls.length).toBeLessThan(4);
});

it('a run follows the pages, and keeps what it was told to', async () => {
  const client = createScriptedClient(five);
  const world = createWorld({ client });
  addAccounts(world.database, [{ name: 'ada' }]);
  const response = {
    success: [{ value: '{{response.data.people}}', target: { kind: 'person', name: 'api_response' } }],
    failure: [],
  };
  const read = { ...list(), response };
  addWorkflow(world.database, aGraph({ begin: ['begin'], read: ['api', read] }, ['begin.next > read']));

  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  while ((await world.runner.details(id)).run.finishedAt === null)
    await new Promise((resolve) => setImmediate(resolve));

  const row = world.database.$client.prepare(`SELECT fields FROM people`).get() as { fields: string };
  expect(JSON.parse(row.fields)).toMatchObject({ api_response: ['a', 'b', 'c', 'd', 'e'] });
  expect(client.calls).toHaveLength(3);
});

it('an answer that does not say what counts as success is a failure', async () => {
  const { make } = openTestRequests(() => answer(200, { state: 'queued', errors: ['full'] }));
  const tryOne = async (condition: object) =>
    (await make(free({ method: 'GET', url: '/people', conditions: [condition] }), { mode: 'read' })).exit;

  expect(await tryOne({ path: 'state', test: 'is', value: 'queued' })).toBe('success');
  expect(await tryOne({ path: 'state', test: 'is', value: 'done' })).toBe('failure');
  expect(await tryOne({ path: 'state', test: 'is-not', value: 'done' })).toBe('success');
  expect(await tryOne({ path: 'errors', test: 'is-empty' })).toBe('failure');
  expect(await tryOne({ path: 'missing', test: 'is', value: '' })).toBe('failure');
  expect(await tryOne({ path: 'state', test: 'is', value: '{{status}}' })).toBe('failure');
});

it('a path that cannot be read, and pages of a call that changes something, are found before it is launched', async () => {
  const { make } = openTestRequests();
  const issuesOf = async (settings: object) => (await make(settings)).issues.map(({ setting }) => setting);

  expect(await issuesOf(free({ url: '/x', conditions: [{ path: 'a[', test: 'is', value: '' }] }))).toEqual([
    'conditions[0]',
  ]);
  expect(await issuesOf(free({ url: '/x', paging: paging({ items: 'a..b[' }) }))).toEqual(['paging']);
  expect(await issuesOf(free({ url: '/x', method: 'POST', paging: paging() }))).toEqual(['paging']);
});
