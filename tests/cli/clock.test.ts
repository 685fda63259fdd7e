import { expect, test } from 'vitest';
import { createSteady } from '../../server/clock.ts';

function openClocks() {
  const at = { wall: 1_000_000, awake: 5_000, withSleep: 20_000 };
  let asked = 0;
  const steady = createSteady({
    wall: () => at.wall,
    awake: () => at.awake,
    withSleep: () => {
      asked += 1;
      return at.withSleep;
    },
  });
  const pass = (ms: number, clocks: (keyof typeof at)[] = ['wall', 'awake', 'withSleep']) => {
    for (const clock of clocks) at[clock] += ms;
  };
  return { steady, pass, asked: () => asked };
}

test('time that passes is counted, and nothing dear is asked for it', () => {
  const { steady, pass, asked } = openClocks();
  pass(60_000);
  expect([steady(), asked()]).toEqual([80_000, 1]);
});

test.each([120 * 24 * 3_600_000, -3_600_000])('a wall clock that is set by %d ms changes nothing', (ms) => {
  const { steady, pass } = openClocks();
  pass(1_000);
  pass(ms, ['wall']);
  expect(steady()).toBe(21_000);
});

test('the time that the machine slept has passed, too, once and for all', () => {
  const { steady, pass, asked } = openClocks();
  pass(8 * 3_600_000, ['wall', 'withSleep']);
  pass(1_000);
  expect(steady()).toBe(8 * 3_600_000 + 21_000);
  pass(1_000);
  expect([steady(), asked()]).toEqual([8 * 3_600_000 + 22_000, 2]);
});
