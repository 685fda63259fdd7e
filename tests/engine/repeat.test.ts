import { expect, test } from 'vitest';
import { repeat } from '#engine/repeat';
import { createTestClock } from '../support/test-clock.ts';

test('what is repeated goes on after a failure, and stops when it is told to', async () => {
  const clock = createTestClock();
  const failures: unknown[] = [];
  let rounds = 0;
  let isStopped = false;

  await new Promise<void>((enough) => {
    const stop = repeat({
      clock,
      everyMs: 3_000,
      report: (error) => void failures.push(error),
      async work(signal) {
        expect(isStopped).toBe(false);
        rounds += 1;
        if (rounds === 1) throw new Error('Not now');
        if (rounds < 3) return;
        const end = stop();
        expect(signal.aborted).toBe(true);
        isStopped = true;
        void end.then(enough);
      },
    });
  });

  expect(rounds).toBe(3);
  expect(failures).toMatchObject([{ message: 'Not now' }]);
  expect(clock.waits).toEqual([3_000, 3_000]);
});
