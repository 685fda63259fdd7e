import { expect, test } from 'vitest';
import { newId } from '#domain/ids';
import { type ClockJump, createClockWatch } from '#engine/clock-watch';

const minuteMs = 60_000;

function createWatch(onClockJump: (jump: ClockJump) => Promise<void> = async () => {}) {
  const time = { wall: Date.parse('2026-11-21T09:00:00Z'), steady: 17 };
  const jumps: ClockJump[] = [];
  const notes: { title: string; message: string }[] = [];
  const watch = createClockWatch({
    clock: { now: () => time.wall },
    steady: () => time.steady,
    async onClockJump(jump) {
      await onClockJump(jump);
      jumps.push(jump);
    },
    tell: async (notification) => void notes.push(notification),
    newId,
  });
  const pass = (ms: number, jumped = 0) => {
    time.wall += ms + jumped;
    time.steady += ms;
  };
  return { watch, pass, jumps, notes, now: () => time.wall };
}

test('time that passes is no jump, however long nobody looks, and small steps add up to none', async () => {
  const { watch, pass, jumps, notes } = createWatch();

  for (let step = 0; step < 20; step += 1) {
    pass(10 * 60 * minuteMs, step % 2 === 0 ? 4 * minuteMs : -4 * minuteMs);
    await watch.look();
  }

  expect(jumps).toEqual([]);
  expect(notes).toEqual([]);
});

test.each([
  [6 * minuteMs, 'forward by 6 minutes'],
  [-150 * minuteMs, 'back by 3 hours'],
  [120 * 24 * 60 * minuteMs, 'forward by 120 days'],
])('a jump of %d ms is %s: known at once, dealt with once', async (ms, words) => {
  const { watch, pass, jumps, notes } = createWatch();
  pass(minuteMs, ms);
  expect(watch.jump()).toEqual({ ms, words });

  await watch.look();
  pass(minuteMs);
  await watch.look();

  expect(jumps).toEqual([{ ms, words }]);
  expect(notes).toHaveLength(1);
  expect(notes[0]?.message).toContain(words);
  expect(watch.jump()).toBeNull();
});

test('a clock that creeps away by small steps is noticed', async () => {
  const { watch, pass, jumps } = createWatch();

  for (let step = 0; step < 6; step += 1) {
    pass(minuteMs, minuteMs);
    await watch.look();
  }

  expect(jumps).toHaveLength(1);
});

test('a jump that could not be dealt with is dealt with later', async () => {
  let isDown = true;
  const { watch, pass, jumps, notes } = createWatch(async () => {
    if (isDown) throw new Error('The database is locked.');
  });
  pass(minuteMs, 60 * minuteMs);

  await expect(watch.look()).rejects.toThrow('locked');
  expect(watch.jump()).not.toBeNull();
  isDown = false;
  await watch.look();

  expect(jumps).toHaveLength(1);
  expect(notes).toHaveLength(1);
});

test('a jump that somebody decided by is dealt with, though the clock was put right before anybody looked', async () => {
  const { watch, now, pass, jumps } = createWatch();
  pass(0, 60 * minuteMs);
  watch.note(now());
  pass(1, -60 * minuteMs);
  expect(watch.jump()).not.toBeNull();

  await watch.look();

  expect(jumps).toHaveLength(1);
  expect(watch.jump()).toBeNull();
});
