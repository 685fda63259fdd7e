import { platform, uptime } from 'node:os';
import type { Clock } from '#engine/ports';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
    });
  },
  atMost(ms, work) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      work.then(end, end);
    });
  },
};

/** A wall clock that drifts away from the monotonic one by this much was set, or the machine slept. */
const driftMs = 1_000;

/** What goes on while the machine sleeps is dear to ask for: only where the wall clock went another way than `awake`. */
export function createSteady(sources: {
  wall(): number;
  awake(): number;
  withSleep(): number;
}): () => number {
  const { wall, awake, withSleep } = sources;
  let wallAhead = wall() - awake();
  let slept = withSleep() - awake();
  return () => {
    const now = awake();
    const ahead = wall() - now;
    if (Math.abs(ahead - wallAhead) > driftMs) {
      wallAhead = ahead;
      slept = withSleep() - now;
    }
    return now + slept;
  };
}

/**
 * Milliseconds that have passed, whatever the wall clock is set to; with the time that the machine slept. What macOS
 * calls uptime goes by its wall clock, so there the sleep is missing.
 */
export const steadyNow: () => number = createSteady({
  wall: () => Date.now(),
  awake: () => performance.now(),
  withSleep: platform() === 'darwin' ? () => performance.now() : () => uptime() * 1000,
});
