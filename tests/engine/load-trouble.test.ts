import { expect, test } from 'vitest';
import { findNext } from '#engine/next-page';
import type { VendorReply } from '#engine/vendor-ports';
import { openDatabase } from '../../server/store/database.ts';
import { people, saasUsers } from '../../server/store/schema.ts';
import { aPerson, base, createLoadWorld, launch, listOf, manyPeople, run } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

const company = () => manyPeople(250);

/** Answers as usual but for the second page of people. */
const withSecondPage = (second: (n: number) => VendorReply) => {
  let n = 0;
  return (call: Parameters<ReturnType<typeof listOf>>[0]) => {
    if (!call.url.includes('cursor=100')) return listOf(company)(call);
    n += 1;
    return second(n);
  };
};

test.each<[string, VendorReply, string]>([
  [
    'HTML where JSON was promised',
    answer(200, '<html>Log in</html>', { 'content-type': 'text/html' }),
    'text/html where JSON was promised',
  ],
  [
    'a body that is not JSON',
    answer(200, '{"items": [', { 'content-type': 'application/json' }),
    'not valid JSON',
  ],
  ['no list', answer(200, { people: [] }), 'without the list "items"'],
  ['a list that is none', answer(200, { items: 'none' }), 'without the list "items"'],
  [
    'an answer that is too large',
    {
      kind: 'answered',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '',
      isTooLarge: true,
    },
    'over 10 MB',
  ],
  ['a refusal', answer(403, { message: 'Missing scope' }), 'Missing scope'],
  ['a login that has ended', answer(401, { message: 'Expired' }), 'Authenticate the credential again'],
  [
    'a link that leads off the host',
    {
      kind: 'not_sent',
      reason: 'The credential may be sent to webexapis.com only.',
      isPermanent: true,
      isUnauthorized: false,
    },
    'only',
  ],
])('%s fails the load; what was written stays', async (_, reply, words) => {
  const world = await createLoadWorld(withSecondPage(() => reply));
  const id = await launch(world);

  const load = await run(world, id);

  expect(load).toMatchObject({ status: 'failed', isComplete: false, pages: 1 });
  expect(load.error).toContain('Page 2 of /people');
  expect(load.error).toContain(words);
  expect(world.database.select().from(people).all()).toHaveLength(100);
});

test('the vendor asks for patience and gets it', async () => {
  const world = await createLoadWorld(
    withSecondPage((n) =>
      n === 1
        ? answer(429, { message: 'slow down' }, { 'retry-after': '7' })
        : listOf(company)({ url: `${base}/people?cursor=100` } as never),
    ),
  );
  const id = await launch(world);

  const load = await run(world, id);

  expect(load).toMatchObject({ status: 'succeeded', pages: 3 });
  expect(world.clock.waits).toContain(7_000);
});

test.each<[string, VendorReply]>([
  ['is busy', answer(503, { message: 'busy' })],
  ['gives no answer', { kind: 'no_answer', reason: 'the connection was cut' }],
  ['is always too busy', answer(429, { message: 'slow down' }, { 'retry-after': '1' })],
])('a vendor that %s is asked five times', async (_, reply) => {
  let asked = 0;
  const world = await createLoadWorld(
    withSecondPage(() => {
      asked += 1;
      return reply;
    }),
  );
  const id = await launch(world);

  const load = await run(world, id);

  expect(load.status).toBe('failed');
  expect(asked).toBe(5);
});

test('a page loop ends, and is named', async () => {
  const world = await createLoadWorld((call) => {
    if (!call.url.includes('/people')) return listOf(company)(call);
    const cursor = Number(new URL(call.url).searchParams.get('cursor') ?? 1);
    const next = cursor === 3 ? 2 : cursor + 1;
    return answer(200, { items: [aPerson(cursor)] }, { link: `<${base}/people?cursor=${next}>; rel="next"` });
  });
  const id = await launch(world);

  const load = await run(world, id);

  expect(load).toMatchObject({ status: 'failed', isComplete: false, pages: 3 });
  expect(load.error).toBe('The vendor repeated page 2 of /people as page 4.');
});

test('a list without end stops at the most pages there may be', async () => {
  const world = await createLoadWorld((call) => {
    if (!call.url.includes('/people')) return listOf(company)(call);
    const cursor = Number(new URL(call.url).searchParams.get('cursor') ?? 1);
    return answer(200, { items: [] }, { link: `<${base}/people?cursor=${cursor + 1}>; rel="next"` });
  });
  const id = await launch(world);

  const load = await run(world, id);

  expect(load).toMatchObject({ status: 'failed', pages: 1_000 });
  expect(load.error).toContain('more than 1000 pages');
});

test('a load that is cancelled keeps its pages and is not complete', async () => {
  const stop = new AbortController();
  const world = await createLoadWorld(
    withSecondPage(() => {
      stop.abort();
      return listOf(company)({ url: `${base}/people?cursor=100` } as never);
    }),
  );
  const id = await launch(world);

  const load = await world.loads.run(id, 'Ada', stop.signal);

  expect(load).toMatchObject({ status: 'cancelled', isComplete: false, pages: 1 });
});

test('one load at a time; the second is refused, and the first can be cancelled', async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const world = await createLoadWorld(async (call) => {
    await held;
    return listOf(company)(call);
  });
  const id = await launch(world);

  const started = await world.loads.start(id, 'Ada');
  await expect(world.loads.start(id, 'Grace')).rejects.toMatchObject({ code: 'conflict' });
  await expect(world.integrations.remove(id)).rejects.toMatchObject({ code: 'conflict' });
  const cancelled = world.loads.cancel(started.id);
  letGo();

  expect(await cancelled).toMatchObject({ status: 'cancelled' });
  await expect(world.loads.cancel(started.id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await world.loads.run(id, 'Ada', new AbortController().signal)).toMatchObject({
    status: 'succeeded',
  });
});

test('a load that a crash interrupted is begun again from its first page', async () => {
  const database = openDatabase(':memory:');
  const died = await createLoadWorld(
    (call) => (call.url.includes('cursor=100') ? new Promise(() => undefined) : listOf(company)(call)),
    database,
  );
  const id = await launch(died);
  const started = await died.loads.start(id, 'Ada');
  while ((await died.loads.find(started.id)).pages === 0) await died.clock.sleep(1);

  const world = await createLoadWorld(listOf(company), database);
  expect(await world.loads.resume()).toBe(1);
  // A run that waited for it finds it again.
  const ended = await run(world, id);

  expect(ended).toMatchObject({ id: started.id, status: 'succeeded', pages: 3, restarts: 1 });
  expect(ended.tally).toMatchObject({ read: 250, created: 150, unchanged: 100 });
  expect(world.database.select().from(people).all()).toHaveLength(250);
  expect(await world.loads.resume()).toBe(0);
});

test('a load that was running whenever the server died is not begun a fourth time', async () => {
  const database = openDatabase(':memory:');
  const stuck = () => createLoadWorld(() => new Promise(() => undefined), database);
  const died = await stuck();
  const id = await launch(died);
  const started = await died.loads.start(id, 'Ada');
  for (const _ of [1, 2, 3]) await (await stuck()).loads.resume();

  const world = await createLoadWorld(listOf(company), database);
  await world.loads.resume();

  expect(await world.loads.find(started.id)).toMatchObject({
    status: 'failed',
    isComplete: false,
    restarts: 3,
    error: expect.stringContaining('The server died while it went on'),
  });
  expect(await run(world, id)).toMatchObject({ status: 'succeeded', restarts: 0 });
});

test('a load that the server left behind in good order is begun again, as often as that happens', async () => {
  const database = openDatabase(':memory:');
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const first = await createLoadWorld(async (call) => {
    await held;
    return listOf(company)(call);
  }, database);
  const id = await launch(first);
  const started = await first.loads.start(id, 'Ada');
  const stopped = first.loads.stop();
  letGo();
  await stopped;
  expect(await first.loads.find(started.id)).toMatchObject({ status: 'queued', finishedAt: null });

  const world = await createLoadWorld(listOf(company), database);
  await world.loads.resume();

  expect(await run(world, id)).toMatchObject({ id: started.id, status: 'succeeded', restarts: 1 });
});

test('a load that cannot begin again, because its integration is a draft now, says so', async () => {
  const database = openDatabase(':memory:');
  const died = await createLoadWorld(() => new Promise(() => undefined), database);
  const id = await launch(died);
  const started = await died.loads.start(id, 'Ada');
  await died.integrations.withdraw(id);

  const world = await createLoadWorld(listOf(company), database);
  await world.loads.resume();

  expect(await world.loads.find(started.id)).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('is a draft'),
  });
});

test('loads are listed newest first', async () => {
  const world = await createLoadWorld(listOf(() => [aPerson(1)]));
  const id = await launch(world);
  const ran = [await run(world, id), await run(world, id), await run(world, id)];

  const first = await world.loads.list(id, { limit: 2 });
  const second = await world.loads.list(id, { limit: 2, cursor: first.nextCursor ?? '' });

  expect([...first.items, ...second.items].map((load) => load.id)).toEqual(
    ran.map((load) => load.id).reverse(),
  );
  expect(first.total).toBe(3);
  expect(second.nextCursor).toBeNull();
  expect((await world.integrations.find(id)).integration.lastLoad?.id).toBe(ran[2]?.id);
});

test('the preview shows what would be written, and writes nothing', async () => {
  let people1 = [aPerson(1), aPerson(2), aPerson(3, { emails: [] }), ...manyPeople(9).slice(3)];
  const world = await createLoadWorld(listOf(() => people1));
  const id = await launch(world);
  const empty = await world.integrations.preview(id);
  const before = world.database.select().from(people).all().length;
  await run(world, id);
  people1 = [aPerson(1, { lastName: 'Hopper' }), aPerson(2)];

  const preview = await world.integrations.preview(id);

  expect(before).toBe(0);
  expect(empty.records.map((record) => record.action)).toEqual([
    'create',
    'create',
    'fail',
    'create',
    'create',
  ]);
  expect(preview.records.map((record) => record.action)).toEqual(['update', 'unchanged']);
  expect(preview.records[0]?.values).toContainEqual(
    expect.objectContaining({
      recordType: 'person',
      externalId: 'last_name',
      before: '1',
      after: 'Hopper',
      isWritten: true,
    }),
  );
  expect(preview.samples).toMatchObject({
    email: ['person1@acme.test', 'person2@acme.test'],
    roles: [['Full Administrator', 'role-unknown']],
  });
  expect(world.database.select().from(saasUsers).all()).toHaveLength(8);
});

test('links to the next page are found in every lawful spelling', () => {
  expect(findNext('<https://a.test/?x=1,2>; rel="next"')).toBe('https://a.test/?x=1,2');
  expect(findNext('<https://a.test/1>; rel="prev", <https://a.test/2>; rel=next')).toBe('https://a.test/2');
  expect(findNext('<https://a.test/2>;title="a, b";rel="last next"')).toBe('https://a.test/2');
  expect(findNext('<https://a.test/2>; REL="NEXT"')).toBe('https://a.test/2');
  expect(findNext('<https://a.test/2>; rel="first"')).toBeUndefined();
  expect(findNext('nonsense')).toBeUndefined();
});
