import type { ServerResponse } from 'node:http';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Load } from '#contract';
import { openDatabase } from '../../server/store/database.ts';
import { people, saasUsers } from '../../server/store/schema.ts';
import {
  aPerson,
  createLoadWorld,
  launch,
  manyPeople,
  run,
  type VendorPerson,
} from '../support/load-world.ts';
import { createOutboundWorld, never } from '../support/outbound-world.ts';
import { type Seen, sendJson, startVendorServer } from '../support/vendor-server.ts';

type Break = (seen: Seen, response: ServerResponse) => void;

const pageSize = 40;
const json = { 'content-type': 'application/json' };
const cursorOf = ({ url }: Seen) => Number(new URL(url, 'http://vendor').searchParams.get('cursor') ?? 0);

/** Answers as Webex lists people: pages with a link to the next one. */
function sendPage(
  list: readonly VendorPerson[],
  seen: Seen,
  response: ServerResponse,
  size = pageSize,
): void {
  const from = cursorOf(seen);
  const next = from + size < list.length ? { link: `</v1/people?cursor=${from + size}>; rel="next"` } : {};
  sendJson(response, 200, { items: list.slice(from, from + size) }, next);
}

/** Leaves the first page as it is and answers every later one like this. */
const fromPageTwo =
  (answer: Break): Break =>
  (seen, response) =>
    cursorOf(seen) === 0 ? sendPage(manyPeople(100), seen, response) : answer(seen, response);

const listing =
  (list: readonly VendorPerson[]): Break =>
  (seen, response) =>
    sendPage(list, seen, response);

/** Sends this text as it is. */
const sending =
  (body: string | Buffer, headers: Record<string, string> = json): Break =>
  (_seen, response) => {
    response.writeHead(200, headers).end(body);
  };

/**
 * A company of 100 that was loaded over real HTTP; then the vendor breaks, and it is loaded again with the strongest
 * wish to deactivate whoever is missing.
 */
async function loadFromBroken(broken: Break, maxSharePercent = 100) {
  let isBroken = false;
  const server = await startVendorServer((seen, response) => {
    if (!seen.url.startsWith('/v1/people')) sendJson(response, 200, { items: [] });
    else if (isBroken) broken(seen, response);
    else sendPage(manyPeople(100), seen, response);
  });
  const outbound = createOutboundWorld([server.host]);
  const credential = { id: await outbound.addCredential(server.url) };
  const send = async (call: Parameters<typeof outbound.client.send>[0]) =>
    (await outbound.client.send({ ...call, credential }, never)).reply;
  const baseUrl = `${server.url}/v1`;
  const world = await createLoadWorld(send, openDatabase(':memory:'), { vendorId: 'webex', baseUrl });
  const id = await launch(world);
  await world.integrations.change(id, { missingAccounts: { action: 'deactivate', maxSharePercent } });
  expect(await run(world, id)).toMatchObject({ status: 'succeeded', tally: { created: 100 } });
  await world.clock.sleep(86_400_000);
  isBroken = true;

  const load = await run(world, id);
  const { database } = world;
  const deactivated = database.select().from(saasUsers).where(eq(saasUsers.isDeactivated, true)).all();
  const gone = database.select().from(people).where(eq(people.status, 'deactivated')).all();
  const { items: issues } = await world.loads.issues(load.id, { limit: 50 });
  const asked = server.seen.filter(({ url }) => url.startsWith('/v1/people')).length - 3;
  return { world, load, issues, asked, harmed: [...deactivated, ...gone] };
}

const written = ({ created, updated, unchanged, skipped, failed }: Load['tally']) =>
  created + updated + unchanged + skipped + failed;

test.each<[string, Break, RegExp]>([
  ['an empty list', listing([]), /^Webex listed nobody, although 100 accounts are known/],
  [
    'a page that is repeated',
    fromPageTwo((_seen, response) =>
      sendJson(
        response,
        200,
        { items: manyPeople(80).slice(40) },
        { link: '</v1/people?cursor=40>; rel="next"' },
      ),
    ),
    /^The vendor repeated page 2 of \/people as page 3\.$/,
  ],
  [
    'HTML',
    fromPageTwo(sending('<html>Log in</html>', { 'content-type': 'text/html' })),
    /^Page 2 of \/people: Webex answered 200, but it sent text\/html where JSON was promised/,
  ],
  [
    'truncated JSON',
    fromPageTwo(sending('{"items":[{"id":"wx-41","em')),
    /^Page 2 of \/people: .*not valid JSON/,
  ],
  [
    'an answer that is cut off',
    fromPageTwo((_seen, response) => {
      response.writeHead(200, { ...json, 'content-length': '9999' });
      response.write('{"items":[{"id":');
      setImmediate(() => response.destroy());
    }),
    /^Page 2 of \/people: Webex did not answer: the connection was cut/,
  ],
  [
    'nothing but 429',
    fromPageTwo((_seen, response) =>
      sendJson(response, 429, { message: 'Slow down' }, { 'retry-after': '30' }),
    ),
    /^Page 2 of \/people: Webex answered 429: Slow down: too many requests/,
  ],
  [
    'a 401 in the middle',
    fromPageTwo((_seen, response) => sendJson(response, 401, { message: 'The token has expired' })),
    /^Page 2 of \/people: Webex answered 401: The token has expired\. Authenticate the credential again/,
  ],
  [
    'an error in the place of a list',
    fromPageTwo((_seen, response) => sendJson(response, 200, { error: { message: 'Try later' } })),
    /^Page 2 of \/people: Webex answered without the list "items"/,
  ],
])('%s fails the load with its reason, and nobody is deactivated', async (_, broken, reason) => {
  const { load, harmed } = await loadFromBroken(broken);

  expect(load).toMatchObject({ status: 'failed', isComplete: false, missing: null });
  expect(load.error).toMatch(reason);
  expect(harmed).toEqual([]);
  expect(load.tally.read % pageSize).toBe(0);
  expect(written(load.tally)).toBe(load.tally.read);
});

test('a list without an end is read to the thousandth page, and nobody is deactivated', async () => {
  const { load, asked, harmed } = await loadFromBroken((seen, response) => {
    const n = cursorOf(seen) + 1;
    sendJson(
      response,
      200,
      { items: [aPerson(1_000 + n)] },
      { link: `</v1/people?cursor=${n}>; rel="next"` },
    );
  });

  expect(load).toMatchObject({
    status: 'failed',
    isComplete: false,
    pages: 1_000,
    tally: { created: 1_000 },
  });
  expect(load.error).toBe('/people has more than 1000 pages, so the rest was not read.');
  expect(asked).toBe(1_000);
  expect(harmed).toEqual([]);
});

test('a shrunken list is held', async () => {
  const { load, harmed } = await loadFromBroken(listing(manyPeople(60)), 10);

  expect(load).toMatchObject({ status: 'held', isComplete: false, missing: { known: 100, missing: 40 } });
  expect(harmed).toEqual([]);
});

test('a 429 now and then only makes it slower', async () => {
  let n = 0;
  const { load, asked, harmed } = await loadFromBroken((seen, response) => {
    n += 1;
    if (n % 2 === 1) sendJson(response, 429, { message: 'Slow down' }, { 'retry-after': '30' });
    else sendPage(manyPeople(100), seen, response);
  });

  expect(load).toMatchObject({ status: 'succeeded', pages: 3, tally: { unchanged: 100 } });
  expect(asked).toBe(6);
  expect(harmed).toEqual([]);
});

test('a wrong charset garbles no name', async () => {
  const list = manyPeople(100).map((person) => ({ ...person, firstName: 'Jürgen', lastName: 'Groß' }));
  const body = Buffer.from(JSON.stringify({ items: list }), 'latin1');
  const { world, load, harmed } = await loadFromBroken(
    sending(body, { 'content-type': 'application/json; charset=utf-8' }),
  );

  expect(load).toMatchObject({ status: 'succeeded', tally: { updated: 100 } });
  expect(world.database.select().from(people).get()).toMatchObject({ firstName: 'Jürgen', lastName: 'Groß' });
  expect(harmed).toEqual([]);
});

test('huge integers stay exact, so that two accounts never become one', async () => {
  const first = 9_007_199_254_740_993_000n;
  const items = Array.from(
    { length: 100 },
    (_, i) => `{"id":${first + BigInt(i)},"emails":["person${i + 1}@acme.test"]}`,
  );
  const { world, load } = await loadFromBroken(sending(`{"items":[${items.join(',')}]}`), 10);

  // No account has its old identifier, which is as suspicious as a list that has lost everybody.
  expect(load).toMatchObject({ status: 'held', missing: { known: 100, missing: 100 } });
  const identifiers = world.database
    .select()
    .from(saasUsers)
    .all()
    .map(({ identifier }) => identifier);
  expect(identifiers).toHaveLength(200);
  expect(identifiers.slice(100)).toEqual(items.map((_, i) => String(first + BigInt(i))));
});

test('of two records with one id the second is left out, and the account counts as there', async () => {
  const { load, issues, harmed } = await loadFromBroken(
    listing([...manyPeople(100), aPerson(1, { firstName: 'Somebody', lastName: 'Else' })]),
  );

  expect(load).toMatchObject({ status: 'succeeded', tally: { read: 101, unchanged: 100, skipped: 1 } });
  expect(issues.map(({ label, reason }) => `${label}: ${reason}`)).toEqual([
    'person1@acme.test: An earlier record of this load has the same key.',
  ]);
  expect(harmed).toEqual([]);
});

test('two accounts with one e-mail address never become one person', async () => {
  const { world, load, issues, harmed } = await loadFromBroken(
    listing([...manyPeople(100), aPerson(101, { emails: ['person1@acme.test'] })]),
  );

  expect(load.tally).toMatchObject({ read: 101, unchanged: 100, created: 0, updated: 0 });
  expect(load.tally.skipped + load.tally.failed).toBe(1);
  expect(issues[0]?.label).toBe('person1@acme.test');
  expect(world.database.select().from(people).all()).toHaveLength(100);
  expect(harmed).toEqual([]);
});
