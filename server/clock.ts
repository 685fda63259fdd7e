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

/**
 * Milliseconds that have passed, whatever the wall clock is set to; with the time that the machine slept. What macOS
 * calls uptime goes by its wall clock, so there the sleep is missing.
 */
export const steadyNow: () => number =
  platform() === 'darwin' ? () => performance.now() : () => uptime() * 1000;
