import { expect, test } from 'vitest';
import { newId } from '#domain/ids';
import { createDuties } from '#engine/duties';
import { type KeptForDays, removeOld } from '#engine/retention';
import { createLoadStore } from '../../server/store/loads.ts';
import { loadIssues, loads } from '../../server/store/schema.ts';
import { createContactWorld } from '../support/contact-world.ts';

const dayMs = 24 * 60 * 60_000;
const never = new AbortController().signal;

/** Counts the rows that each batch removed. */
function watched(kept: KeptForDays): { kept: KeptForDays; batches: number[] } {
  const batches: number[] = [];
  const removeSome: KeptForDays['removeSome'] = async (before, limit) => {
    const removed = await kept.removeSome(before, limit);
    batches.push(removed);
    return removed;
  };
  return { kept: { ...kept, removeSome }, batches };
}

function createLogWorld() {
  const world = createContactWorld();
  const store = createLoadStore(world.database);
  const integrationId = world.addIntegration();
  return {
    ...world,
    kept: { what: 'logs of loads', days: 90, removeSome: store.removeIssues },
    addLog(count: number, status: 'succeeded' | 'running' = 'succeeded'): string {
      const loadId = world.addLoad(integrationId, status);
      const rows = Array.from({ length: count }, (_, i) => ({ loadId, n: i + 1 }));
      for (const row of rows)
        world.database
          .insert(loadIssues)
          .values({ ...row, kind: 'skipped', label: `person${row.n}@acme.test`, reason: 'It has no key.' })
          .run();
      return loadId;
    },
    logOf: (id: string) =>
      world.database
        .select()
        .from(loadIssues)
        .all()
        .filter(({ loadId }) => loadId === id).length,
  };
}

test('logs of loads go after 90 days, 500 rows at a time with rests between; the counts stay', async () => {
  const world = createLogWorld();
  const [old, older] = [world.addLog(1_100), world.addLog(3)];
  world.clock.set(world.clock.now() + 2 * dayMs);
  const young = world.addLog(2);
  const before = world.database.select().from(loads).all();
  world.clock.set(world.clock.now() + 89 * dayMs);
  const { kept, batches } = watched(world.kept);

  await removeOld(kept, world.clock, never);

  expect([world.logOf(old), world.logOf(older), world.logOf(young)]).toEqual([0, 0, 2]);
  expect(batches).toEqual([500, 500, 100, 3, 0]);
  expect(world.clock.waits).toEqual([50, 50, 50, 50]);
  expect(world.database.select().from(loads).all()).toEqual(before);
});

test('the log of a load that goes on stays, however old it is', async () => {
  const world = createLogWorld();
  const id = world.addLog(3, 'running');
  world.clock.set(world.clock.now() + 365 * dayMs);

  await removeOld(world.kept, world.clock, never);

  expect(world.logOf(id)).toBe(3);
});

test('no batch is begun once the server stops', async () => {
  const world = createLogWorld();
  const id = world.addLog(1_100);
  world.clock.set(world.clock.now() + 91 * dayMs);
  const stop = new AbortController();
  const removeSome: KeptForDays['removeSome'] = async (...batch) => {
    stop.abort();
    return await world.kept.removeSome(...batch);
  };

  await removeOld({ ...world.kept, removeSome }, world.clock, stop.signal);

  expect(world.logOf(id)).toBe(600);
});

test('e-mails go 30 days after they were sent or given up; one that waits stays', async () => {
  const world = createContactWorld();
  const { mailStore, clock } = world;
  const kept = { what: 'e-mails', days: 30, removeSome: mailStore.removeSome };
  const addMail = async (end: 'sent' | 'given up' | 'waits') => {
    const id = newId('mail');
    world.addMail(id);
    if (end === 'sent') await mailStore.finish(id, clock.now());
    const note = { level: 'warning', title: 'A', message: 'B', link: null } as const;
    if (end === 'given up') await mailStore.giveUp(id, 'No such mailbox.', note, clock.now());
    return id;
  };
  const left = () => world.mails().map(({ id }) => id);

  const sent = await addMail('sent');
  await addMail('given up');
  const waits = await addMail('waits');
  clock.set(clock.now() + 29 * dayMs);
  await removeOld(kept, clock, never);
  expect(left()).toHaveLength(3);

  const late = await addMail('sent');
  clock.set(clock.now() + 2 * dayMs);
  await removeOld(kept, clock, never);

  expect(left()).not.toContain(sent);
  expect(left()).toEqual([waits, late]);
});

test('the server removes what is old by itself; what cannot be removed is reported and holds up nothing else', async () => {
  const world = createLogWorld();
  const id = world.addLog(3);
  world.clock.set(world.clock.now() + 91 * dayMs);
  const reports: string[] = [];
  const stuck = {
    what: 'e-mails',
    days: 30,
    removeSome: () => Promise.reject(new Error('The disk is full.')),
  };
  const isDone = Promise.withResolvers<void>();
  const removeSome: KeptForDays['removeSome'] = async (...batch) => {
    const removed = await world.kept.removeSome(...batch);
    if (removed === 0) isDone.resolve();
    return removed;
  };
  const duties = createDuties({
    schedule: { store: world.schedule, loads: { start: () => Promise.reject(new Error('Nothing is due.')) } },
    agents: { giveUpSilent: async () => {} },
    contacts: world.contacts,
    approvals: { settle: async () => {} },
    startWorkflows: async () => {},
    watchClock: async () => {},
    mails: world.mailStore,
    mailer: null,
    kept: [stuck, { ...world.kept, removeSome }],
    clock: world.clock,
    report: (message, error) => void reports.push(`${message}: ${String(error)}`),
  });

  duties.start();
  await isDone.promise;
  await duties.stop();

  expect(world.logOf(id)).toBe(0);
  expect(new Set(reports)).toEqual(new Set(['Could not remove old e-mails: Error: The disk is full.']));
  expect(world.clock.waits).toContain(60 * 60_000);
});
