import type { Clock } from '#engine/ports';

export interface TestClock extends Clock {
  /** Waits asked for so far, in milliseconds. Each passes at once, moving the time on. */
  waits: number[];
  /** Time that passed by waiting, whatever the clock was set to. */
  steady(): number;
  set(now: number): void;
}

/** A clock that stands still until somebody waits: then the time is over at once. */
export function createTestClock(start = Date.parse('2026-11-21T09:00:00Z')): TestClock {
  let now = start;
  let steady = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    steady: () => steady,
    set(time) {
      now = time;
    },
    async sleep(ms, signal) {
      if (signal?.aborted) return;
      waits.push(ms);
      now += ms;
      steady += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    async atMost(ms, work) {
      await Promise.race([work, this.sleep(ms)]);
    },
  };
}
