import type { Clock } from '#engine/ports';

export interface VirtualClock extends Clock {
  /**
   * Moves the time on to whatever is due next, each time nothing happens any more, until the work is done. `isBusy`
   * says whether something goes on that no timer tells of, such as a real request.
   */
  drive<T>(work: Promise<T>, isBusy?: () => boolean): Promise<T>;
  set(now: number): void;
}

interface Sleeper {
  at: number;
  wake(): void;
}

/** A clock on which any number can sleep side by side: an hour of theirs passes at once. */
export function createVirtualClock(start = Date.parse('2026-11-21T09:00:00Z')): VirtualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();

  const wakeNext = () => {
    let first: Sleeper | undefined;
    for (const sleeper of sleepers) if (!first || sleeper.at < first.at) first = sleeper;
    if (!first) return;
    now = Math.max(now, first.at);
    first.wake();
  };

  const clock: VirtualClock = {
    now: () => now,
    set(time) {
      now = time;
    },
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          at: now + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      });
    },
    async atMost(ms, work) {
      const end = new AbortController();
      await Promise.race([work, clock.sleep(ms, end.signal)]);
      end.abort();
    },
    async drive(work, isBusy = () => false) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      while (!isDone) {
        // What was woken gets its turn before anybody else is.
        for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
        if (!isDone && !isBusy()) wakeNext();
      }
      return work;
    },
  };
  return clock;
}
