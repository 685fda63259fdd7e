import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Integration } from '#contract';
import { judgeMissing } from '#engine/missing-accounts';
import { changes, saasUsers } from '../../server/store/schema.ts';
import {
  aPerson,
  createLoadWorld,
  type LoadWorld,
  launch,
  listOf,
  manyPeople,
  run,
  type VendorPerson,
} from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

/** A company of 100 people that has been loaded once; `people` is what the vendor lists next. */
async function loadedCompany(missingAccounts: Integration['missingAccounts']) {
  let people: VendorPerson[] = manyPeople(100);
  const world = await createLoadWorld((call) => listOf(() => people, 40)(call));
  const id = await launch(world);
  await world.integrations.change(id, { missingAccounts });
  await run(world, id);
  await world.clock.sleep(86_400_000);
  const next = async (list: VendorPerson[]) => {
    people = list;
    return await run(world, id);
  };
  return { world, id, next };
}

const deactivated = ({ database }: LoadWorld) =>
  database.select().from(saasUsers).where(eq(saasUsers.isDeactivated, true)).all();

const marks = ({ database }: LoadWorld) =>
  database.select().from(changes).where(eq(changes.field, 'is_deactivated')).all();

test('accounts that a complete list does not name are marked, with the load as the cause', async () => {
  const { world, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 10 });

  const load = await next(manyPeople(95));

  expect(load).toMatchObject({ status: 'succeeded', isComplete: true, error: null });
  expect(load.missing).toEqual({ known: 100, missing: 5, outcome: 'deactivated', decidedBy: null });
  expect(deactivated(world).map(({ identifier }) => identifier)).toEqual(
    [96, 97, 98, 99, 100].map((n) => `wx-${n}`),
  );
  expect(marks(world)).toHaveLength(5);
  expect(marks(world)[0]).toMatchObject({
    recordId: deactivated(world)[0]?.id,
    causeKind: 'load',
    causeId: load.id,
    before: false,
    after: true,
  });
  expect(world.database.select().from(saasUsers).all()).toHaveLength(100);

  const back = await next(manyPeople(100));
  expect(back.missing).toMatchObject({ known: 100, missing: 0, outcome: 'none' });
  expect(deactivated(world)).toHaveLength(0);
});

test('by default they are left, and counted', async () => {
  const { world, next } = await loadedCompany({ action: 'leave', maxSharePercent: 10 });

  const load = await next(manyPeople(20));

  expect(load).toMatchObject({ status: 'succeeded', missing: { known: 100, missing: 80, outcome: 'left' } });
  expect(deactivated(world)).toHaveLength(0);
});

test('a list that has shrunk too much is held: contacts are told, and an operator decides', async () => {
  const { world, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 10 });

  const load = await next(manyPeople(89));

  expect(load).toMatchObject({
    status: 'held',
    isComplete: false,
    missing: { missing: 11, outcome: 'held' },
  });
  expect(load.error).toContain('11 of 100 accounts are missing from the list. That is 11 %');
  expect(deactivated(world)).toHaveLength(0);

  const settled = await world.loads.settleMissing(load.id, 'deactivate', 'Grace');
  expect(settled).toMatchObject({ status: 'succeeded', isComplete: true, error: null });
  expect(settled.missing).toEqual({ known: 100, missing: 11, outcome: 'deactivated', decidedBy: 'Grace' });
  expect(deactivated(world)).toHaveLength(11);
  expect(marks(world)).toHaveLength(11);
  await expect(world.loads.settleMissing(load.id, 'leave', 'Grace')).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a held load whose accounts are left changes nothing', async () => {
  const { world, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 10 });
  const load = await next(manyPeople(50));

  const settled = await world.loads.settleMissing(load.id, 'leave', 'Grace');

  expect(settled).toMatchObject({ status: 'succeeded', missing: { outcome: 'left', decidedBy: 'Grace' } });
  expect(deactivated(world)).toHaveLength(0);
});

test('only the newest load may be decided about, and only about as many as it found', async () => {
  const { world, id, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 10 });
  const old = await next(manyPeople(50));
  await world.clock.sleep(86_400_000);
  const newer = await next(manyPeople(60));

  await expect(world.loads.settleMissing(old.id, 'deactivate', 'Grace')).rejects.toThrow('A newer load');
  world.database.update(saasUsers).set({ lastSeenAt: 0 }).run();
  await expect(world.loads.settleMissing(newer.id, 'deactivate', 'Grace')).rejects.toThrow(
    '100 accounts are missing now, and not 40',
  );
  expect(deactivated(world)).toHaveLength(0);
  expect((await world.integrations.find(id)).integration.lastLoad?.status).toBe('held');
});

test('an empty list fails the load', async () => {
  const { world, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 100 });

  const load = await next([]);

  expect(load).toMatchObject({ status: 'failed', isComplete: false, missing: null });
  expect(load.error).toContain('Webex listed nobody, although 100 accounts are known.');
  expect(deactivated(world)).toHaveLength(0);
});

test('a list that was not read to its end marks nobody', async () => {
  let isBroken = false;
  const world = await createLoadWorld((call) =>
    isBroken && call.url.includes('cursor=40') ? answer(403, {}) : listOf(() => manyPeople(100), 40)(call),
  );
  const id = await launch(world);
  await world.integrations.change(id, { missingAccounts: { action: 'deactivate', maxSharePercent: 100 } });
  await run(world, id);
  await world.clock.sleep(86_400_000);
  isBroken = true;

  expect(await run(world, id)).toMatchObject({ status: 'failed', missing: null });
  expect(deactivated(world)).toHaveLength(0);
});

test('records that fail are there all the same; one without an identifier holds the load', async () => {
  const { world, next } = await loadedCompany({ action: 'deactivate', maxSharePercent: 10 });
  const withTrouble = [...manyPeople(97), aPerson(98, { lastActivity: 'yesterday' })];

  const failing = await next(withTrouble);
  expect(failing).toMatchObject({
    status: 'completed_with_errors',
    missing: { missing: 2, outcome: 'deactivated' },
  });

  await world.clock.sleep(86_400_000);
  const nameless = await next([...manyPeople(97), aPerson(98, { id: undefined })]);
  expect(nameless).toMatchObject({ status: 'held', missing: { known: 98, missing: 1 } });
  expect(nameless.error).toContain(
    '1 of 98 accounts is missing from the list, but 1 record has no identifier',
  );
  expect(deactivated(world)).toHaveLength(2);
});

test.each([
  [{ known: 0, missing: 0 }, { read: 0 }, 'none'],
  [{ known: 100, missing: 10 }, {}, 'deactivated'],
  [{ known: 1_000, missing: 101 }, {}, 'held'],
  [{ known: 3, missing: 1 }, {}, 'held'],
  [{ known: 3, missing: 3 }, { read: 0 }, 'refused'],
] as const)('%o with %o is %s', (counts, list, outcome) => {
  const rule = { action: 'deactivate', maxSharePercent: 10 } as const;
  const verdict = judgeMissing(counts, { vendor: 'Webex', read: 90, unidentified: 0, ...list }, rule);
  expect(verdict.outcome).toBe(outcome);
});
