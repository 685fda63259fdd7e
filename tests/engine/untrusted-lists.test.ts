import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { VendorCall, VendorReply } from '#engine/vendor-ports';
import { people, saasUsers } from '../../server/store/schema.ts';
import { aPerson, base, createLoadWorld, launch, listOf, manyPeople, run } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

type List = (call: VendorCall) => VendorReply;

const everybody = manyPeople(100);
const size = 40;
const isFirst = ({ url }: VendorCall) => !url.includes('cursor=');
const listing = (list: ReturnType<typeof manyPeople>): List => listOf(() => list, size);
/** The first page as ever, then this. */
const then =
  (reply: VendorReply): List =>
  (call) =>
    isFirst(call) ? listing(everybody)(call) : reply;
const link = (url: string) => ({ link: `<${url}>; rel="next"` });
const html = { 'content-type': 'text/html' };

/** Every way in which a list of 100 accounts that are all still there may look as if some were not. */
const shapes: [string, List][] = [
  ['is empty', () => answer(200, { items: [] })],
  ['is not there', () => answer(200, {})],
  ['is null', () => answer(200, { items: null })],
  ['is no list', () => answer(200, { items: { 'wx-1': everybody[0] } })],
  ['is an answer without a body', () => answer(204)],
  ['is an error with status 200', then(answer(200, { error: { message: 'Try later' } }))],
  ['is a page for people', then(answer(200, '<html>Log in</html>', html))],
  ['is cut off in the middle of a page', then(answer(200, '{"items":[{"id":"wx-41","em'))],
  ['ends in a refusal', then(answer(403, { message: 'No' }))],
  ['ends in an expired login', then(answer(401, { message: 'Expired' }))],
  ['ends in a broken vendor', then(answer(503, { message: 'Busy' }))],
  ['ends in too many requests', then(answer(429, { message: 'Slow' }, { 'retry-after': '1' }))],
  ['ends in silence', then({ kind: 'no_answer', reason: 'it took longer than 30 s' })],
  ['ends in "not found"', then(answer(404, { message: 'Gone' }))],
  ['begins again and again', then(answer(200, { items: [] }, link(`${base}/people?cursor=40`)))],
  ['goes on at another host', then(answer(200, { items: [] }, link('https://evil.test/people')))],
  [
    'loses a page in its middle',
    (call) => (isFirst(call) ? listing(everybody)(call) : answer(200, { items: everybody.slice(80) })),
  ],
  ['has a first page only', () => answer(200, { items: everybody.slice(0, size) })],
  ['has an empty last page', then(answer(200, { items: [] }))],
  ['has shrunk to 89 of 100', listing(everybody.slice(0, 89))],
  ['has shrunk to one', listing(everybody.slice(0, 1))],
  ['names the same person 100 times', listing(everybody.map(() => everybody[0]!))],
  ['names nobody by an id', listing(everybody.map((person) => ({ ...person, id: undefined })))],
  [
    'has one record without an id in the place of one with it',
    listing(everybody.map((person, n) => (n === 7 ? { ...person, id: '' } : person))),
  ],
  ['has other ids for everybody', listing(everybody.map((_, n) => aPerson(n + 1, { id: `new-${n + 1}` })))],
  ['lists another organisation', listing(everybody.map((_, n) => aPerson(n + 501)))],
];

test('at least 14 shapes are tried', () => {
  expect(new Set(shapes.map(([name]) => name)).size).toBe(shapes.length);
  expect(shapes.length).toBeGreaterThanOrEqual(14);
});

test.each(shapes)('a list that %s proves nobody gone: 0 marked, 0 calls', async (_name, broken) => {
  let isBroken = false;
  const world = await createLoadWorld((call) =>
    isBroken && new URL(call.url, base).pathname.endsWith('/people')
      ? broken(call)
      : listing(everybody)(call),
  );
  const { client, clock, database, integrations } = world;
  const id = await launch(world);
  await integrations.change(id, { missingAccounts: { action: 'deactivate', maxSharePercent: 10 } });
  expect(await run(world, id)).toMatchObject({ status: 'succeeded', tally: { created: 100 } });
  await clock.sleep(86_400_000);
  isBroken = true;

  const load = await run(world, id);

  const marked = [
    ...database.select().from(saasUsers).where(eq(saasUsers.isDeactivated, true)).all(),
    ...database.select().from(people).where(eq(people.status, 'deactivated')).all(),
  ];
  expect(marked).toEqual([]);
  expect(client.calls.filter(({ class: what, method }) => what !== 'read' || method !== 'GET')).toEqual([]);
  expect(load.status).not.toBe('succeeded');
  expect(load.isComplete).toBe(false);
});
