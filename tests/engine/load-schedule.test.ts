import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '#domain/errors';
import type { Load } from '#domain/load';
import { startDueLoads } from '#engine/load-schedule';
import { openDatabase } from '../../server/store/database.ts';
import { createContactWorld } from '../support/contact-world.ts';

type World = ReturnType<typeof createContactWorld>;

const hourMs = 3_600_000;
const tomorrowAtThree = Date.parse('2026-11-22T02:00:00Z');

/** One round of the schedule; gives the integrations whose load it started. */
async function round(world: World, start: (id: string) => void = () => {}) {
  const started: string[] = [];
  const reports: string[] = [];
  await startDueLoads({
    store: world.schedule,
    loads: {
      async start(id) {
        start(id);
        started.push(id);
        return {} as Load;
      },
    },
    tellNotStarted: world.contacts.tellNotStarted,
    clock: world.clock,
    report: (message) => void reports.push(message),
  });
  return { started, reports };
}

test('a load that is due starts once, and the next one is a day later', async () => {
  const world = createContactWorld();
  const due = world.addIntegration({ nextLoadAt: world.clock.now() });
  world.addIntegration({ nextLoadAt: world.clock.now() + 1 });

  const first = await round(world);
  const second = await round({ ...world, clock: world.clock });

  expect(first.started).toEqual([due]);
  expect(second.started).toEqual([]);
  expect(world.nextLoadAt(due)).toBe(tomorrowAtThree);
  expect(world.notes()).toEqual([]);
});

test('of the times that passed while no server ran, one is made up for and contacts are told', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ nextLoadAt: world.clock.now() - 72 * hourMs });

  const { started } = await round(world);

  expect(started).toEqual([id]);
  expect(world.nextLoadAt(id)).toBe(tomorrowAtThree);
  expect(world.notes()).toMatchObject([
    { level: 'warning', title: 'The user load “Webex users” did not start', operatorId: 'opr_ada' },
  ]);
  expect(world.notes()[0]?.message).toContain('18 Nov 2026, 10:00 (Europe/Berlin)');
});

test('a load that cannot start is told with its reason, and is due again at its next time', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ nextLoadAt: world.clock.now() });

  await round(world, () => {
    throw new AppError('conflict', 'A load of this integration is running.');
  });

  expect(world.notes()[0]?.message).toContain('A load of this integration is running.');
  expect(world.nextLoadAt(id)).toBe(tomorrowAtThree);
});

test('what nobody foresaw keeps no other load from starting', async () => {
  const world = createContactWorld();
  const broken = world.addIntegration({ nextLoadAt: world.clock.now() - 1 });
  const whole = world.addIntegration({ nextLoadAt: world.clock.now() });

  const { started, reports } = await round(world, (id) => {
    if (id === broken) throw new TypeError('undefined is not a function');
  });

  expect(started).toEqual([whole]);
  expect(reports).toHaveLength(1);
  expect(world.notes()[0]?.message).not.toContain('undefined is not');
});

test('after a crash in the middle of a start the load is due still, once the hold is over', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ nextLoadAt: world.clock.now() });
  await world.schedule.takeDue(world.clock.now(), world.clock.now() + 60_000);

  const early = await round(world);
  world.clock.set(world.clock.now() + 60_000);
  const later = await round(world);

  expect(early.started).toEqual([]);
  expect(later.started).toEqual([id]);
});

test('two processes on one database start each load once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-schedule-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'rollcall.db');
  const [one, other] = [
    createContactWorld({ database: openDatabase(file) }),
    createContactWorld({ database: openDatabase(file) }),
  ];
  const ids = Array.from({ length: 20 }, () => one.addIntegration({ nextLoadAt: one.clock.now() }));

  const rounds = await Promise.all([round(one), round(other), round(one), round(other)]);

  expect(rounds.flatMap(({ started }) => started).sort()).toEqual(ids.sort());
});

test('a schedule that was changed while its load started keeps its new time', async () => {
  const world = createContactWorld();
  const id = world.addIntegration({ nextLoadAt: world.clock.now() });

  await world.schedule.advance(id, world.clock.now() - 5, 7);

  expect(world.nextLoadAt(id)).toBe(world.clock.now());
});
