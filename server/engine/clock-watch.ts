import type { NewId } from '../domain/ids.ts';
import type { NewNotification } from './journal-ports.ts';
import type { Clock } from './ports.ts';

/**
 * A wall clock that differs by more than this from what has passed tells nothing that accounts may be deleted by: the
 * guard holds destructive calls while `jump` says so, and safe mode holds them from then on.
 */
const allowedMs = 5 * 60_000;

/** The wall clock was set, or stood still: forward is positive. */
export interface ClockJump {
  ms: number;
  /** In words, such as *forward by 2 h*. */
  words: string;
}

export interface ClockWatchDeps {
  clock: Pick<Clock, 'now'>;
  /** Milliseconds that have passed since some moment, whatever the wall clock says. */
  steady(): number;
  /** Called before anybody is told; when it fails it is called again. */
  onClockJump(jump: ClockJump): Promise<void>;
  tell(notification: NewNotification & { id: string }, at: number): Promise<void>;
  newId: NewId;
}

export interface ClockWatch {
  /**
   * The jump that nobody has dealt with yet, also where the clock was put right meanwhile; null when it goes as it
   * should. Asked for every call that harms: `steady` must cost next to nothing.
   */
  jump(): ClockJump | null;
  /** Somebody decides by this time of the wall clock: one that jumped is remembered. Costs nothing. */
  note(now: number): void;
  /** Deals with a jump, if there was one, and takes the new time for true. */
  look(): Promise<void>;
}

/** Compares the wall clock with one that cannot be set. */
export function createClockWatch({ clock, steady, onClockJump, tell, newId }: ClockWatchDeps): ClockWatch {
  let trueSince = clock.now() - steady();
  let lastNoted = clock.now();
  let seen: ClockJump | null = null;

  const offset = (): number => clock.now() - steady() - trueSince;

  function jump(): ClockJump | null {
    const ms = offset();
    if (Math.abs(ms) > allowedMs) seen = { ms, words: toWords(ms) };
    return seen;
  }

  return {
    jump,

    note(now) {
      const isFar = Math.abs(now - lastNoted) > allowedMs;
      lastNoted = now;
      if (isFar) jump();
    },

    async look() {
      lastNoted = clock.now();
      const found = jump();
      if (!found) return;
      const isStillOff = Math.abs(offset()) > allowedMs;
      await onClockJump(found);
      const message = `The clock of this machine jumped ${found.words}. What is due by it, or looks inactive by it, may be wrong: check the clock, then release what is held.`;
      const title = 'The clock of this machine jumped';
      const at = clock.now();
      await tell({ id: newId('notification'), level: 'error', title, message, link: '/safety' }, at);
      // What was put right meanwhile is true again as it was.
      if (isStillOff) trueSince += found.ms;
      seen = null;
    },
  };
}

/** Why safe mode holds after a jump, and what to do with what was decided by a wrong time. */
export const jumpReason = (words: string): string =>
  `The clock of this machine jumped ${words}. Runs that were under way may have decided by the wrong time: check the clock, cancel those runs and start them again.`;

function toWords(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const hours = Math.round(minutes / 60);
  const size =
    minutes < 120 ? `${minutes} minutes` : hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
  return `${ms < 0 ? 'back' : 'forward'} by ${size}`;
}
