import type { Clock } from '#engine/ports';

/** How many calls of one credential may be under way at once. Never blocks other credentials. */
export interface Allowance {
  /** Waits for a place and for the end of a pause. False when the signal was aborted first. */
  enter(signal: AbortSignal): boolean | Promise<boolean>;
  leave(): void;
  /** Lets nothing in for a time, and halves the places: the vendor said it was too much. */
  pause(ms: number): void;
}

/** After this many undisturbed calls one place comes back. */
const callsPerRecovery = 50;

export function createAllowance(places: number, clock: Clock): Allowance {
  const waiting: { admit: (isIn: boolean) => void }[] = [];
  let limit = places;
  let inside = 0;
  let calm = 0;
  let pausedUntil = 0;

  const admitNext = () => {
    while (inside < limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      inside += 1;
      next.admit(true);
    }
  };

  const leave = () => {
    inside -= 1;
    calm += 1;
    if (calm >= callsPerRecovery && limit < places) {
      limit += 1;
      calm = 0;
    }
    admitNext();
  };

  const enterSlowly = async (signal: AbortSignal): Promise<boolean> => {
    if (signal.aborted) return false;
    const isIn = inside < limit ? take() : await waitForPlace(signal);
    if (!isIn) return false;
    while (pausedUntil > clock.now() && !signal.aborted) {
      await clock.sleep(pausedUntil - clock.now(), signal);
    }
    if (!signal.aborted) return true;
    leave();
    return false;
  };

  const take = () => {
    inside += 1;
    return true;
  };

  const waitForPlace = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const stop = () => {
        const at = waiting.indexOf(entry);
        if (at !== -1) waiting.splice(at, 1);
        resolve(false);
      };
      const entry = {
        admit: (isIn: boolean) => {
          signal.removeEventListener('abort', stop);
          resolve(isIn);
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.push(entry);
    });

  return {
    enter(signal) {
      const isFree = inside < limit && waiting.length === 0 && pausedUntil <= clock.now() && !signal.aborted;
      return isFree ? take() : enterSlowly(signal);
    },
    leave,
    pause(ms) {
      // Many calls are refused together; they count as one complaint.
      if (pausedUntil <= clock.now()) limit = Math.max(1, Math.floor(limit / 2));
      calm = 0;
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
  };
}
