import { expect, test } from 'vitest';
import type { Integration } from '#contract';
import {
  aPerson,
  createLoadWorld,
  launch,
  listOf,
  manyPeople,
  run,
  type VendorPerson,
} from '../support/load-world.ts';

/** A company of 100 people that has been loaded once; `next` loads what the vendor lists then. */
async function company(action: Integration['missingAccounts']['action'] = 'leave') {
  let people: VendorPerson[] = manyPeople(100);
  const world = await createLoadWorld((call) => listOf(() => people, 40)(call));
  const id = await launch(world);
  await world.integrations.change(id, { missingAccounts: { action, maxSharePercent: 50 } });
  await run(world, id);
  const next = async (list: VendorPerson[]) => {
    people = list;
    await world.clock.sleep(86_400_000);
    const load = await run(world, id);
    return { load, distrusted: world.distrusted.splice(0) };
  };
  return { world, next };
}

const without = (count: number, change: VendorPerson) =>
  manyPeople(100).map((person, n) => (n < count ? aPerson(n + 1, change) : person));

test('a list that is read as before is trusted', async () => {
  const { world, next } = await company();

  const { load, distrusted } = await next(manyPeople(100));

  expect(load.tally.emptied).toBeUndefined();
  expect([...distrusted, ...world.distrusted]).toEqual([]);
});

test('a list that lacks over a tenth of the accounts stops what is done by it, once', async () => {
  const { next } = await company();

  const small = await next(manyPeople(90));
  const large = await next(manyPeople(79));
  const same = await next(manyPeople(79));

  expect(small.distrusted).toEqual([]);
  expect(large.distrusted).toEqual([
    expect.stringMatching(/^webex: .*: The list names 11 of 100 accounts no longer/),
  ]);
  expect(same.distrusted).toEqual([]);
});

test('accounts that were marked when they were missed are not counted twice', async () => {
  const { next } = await company('deactivate');

  const small = await next(manyPeople(91));
  const large = await next(manyPeople(80));

  expect(small.distrusted).toEqual([]);
  expect(large.distrusted).toEqual([expect.stringContaining('11 of 91')]);
});

test('a list of nobody stops it, too', async () => {
  const { next } = await company();

  const { load, distrusted } = await next([]);

  expect(load.status).toBe('failed');
  expect(distrusted).toEqual([expect.stringContaining('100 of 100')]);
});

test('a list that lacks whom runs of ours deleted has not shrunk', async () => {
  const { world, next } = await company();
  world.deleted.count = 40;

  expect((await next(manyPeople(60))).distrusted).toEqual([]);
});

test('a field that is empty for over a twentieth of those who had it stops it, and is told by name', async () => {
  const { next } = await company();

  const few = await next(without(5, { lastActivity: undefined }));
  const many = await next(without(11, { lastActivity: undefined }));
  const same = await next(without(11, { lastActivity: undefined }));

  expect(few.distrusted).toEqual([]);
  expect(many.load.tally.emptied).toEqual({ lastActivity: { count: 6, of: 95 } });
  expect(many.distrusted).toEqual([
    expect.stringContaining('The field "lastActivity" is empty for 6 of 95 accounts that had it'),
  ]);
  expect(same.distrusted).toEqual([]);
});
