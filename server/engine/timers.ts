import type { Clock } from './ports.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';

/** Also the longest that a change of the wall clock can make a timer late. */
const longestMs = 10 * 60_000;
const afterFailureMs = 5_000;
const atOnce = 500;
const never = Number.POSITIVE_INFINITY;

export interface TimerDeps {
  store: Pick<RunStore, 'wakeDue' | 'nextWakeAt'>;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Takes runs of which records were woken. */
  woken(runs: RunRow[]): void;
  report(message: string, error: unknown): void;
}

export interface Timers {
  /** Some record is to be woken then; that much is committed. */
  note(at: number): void;
  /** Asks the database for what is due; to be called once at the start, and when the wall clock has jumped. */
  look(): void;
  stop(): Promise<void>;
}

/**
 * Wakes records when their time has come. However many wait, there is one timer, set to the first of them, and nothing
 * is asked of the database before it rings.
 */
export function createTimers({ store, clock, woken, report }: TimerDeps): Timers {
  const stopping = new AbortController();
  let ringsAt = never;
  let sleep = new AbortController();
  let isKept = false;
  let kept = Promise.resolve();

  function note(at: number): void {
    if (at >= ringsAt || stopping.signal.aborted) return;
    ringsAt = at;
    if (isKept) sleep.abort();
    else kept = keep();
  }

  async function keep(): Promise<void> {
    isKept = true;
    while (ringsAt < never && !stopping.signal.aborted) {
      const left = ringsAt - clock.now();
      if (left <= 0) await ring();
      else {
        sleep = new AbortController();
        await clock.sleep(Math.min(left, longestMs), sleep.signal);
      }
    }
    isKept = false;
  }

  async function ring(): Promise<void> {
    // What is noted from here on counts anew.
    ringsAt = never;
    try {
      for (let count = atOnce; count === atOnce && !stopping.signal.aborted; ) {
        const due = await store.wakeDue(clock.now(), atOnce);
        woken(due.runs);
        count = due.count;
      }
      ringsAt = Math.min(ringsAt, (await store.nextWakeAt()) ?? never);
    } catch (error) {
      report('Could not wake the records that are due', error);
      ringsAt = Math.min(ringsAt, clock.now() + afterFailureMs);
    }
  }

  return {
    note,
    look: () => note(0),
    async stop() {
      stopping.abort();
      sleep.abort();
      await kept;
    },
  };
}
