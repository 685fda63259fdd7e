/**
 * Stops what goes wrong too often. One breaker belongs to one credential in one workflow; whoever keeps it (the guard,
 * before destructive calls) asks and tells it like this:
 *
 * ```
 * if (!mayCall(breaker)) …hold the record: `breaker.openedBy` says why
 * breaker = noteCall(breaker, isTrouble(outcome.kind), now)      // after every call, reads included
 * breaker = halfOpen(breaker)                                    // a person lets one call go
 * ```
 *
 * States are plain data, so they can be stored as they are; nothing here keeps time or does anything by itself.
 */
export interface Breaker {
  /** `half_open`: one call may go while somebody looks; what becomes of it decides. */
  state: 'closed' | 'open' | 'half_open';
  /** The latest calls, oldest first: `x` for one that went wrong, `.` for one that went well. */
  recent: string;
  /** Why it opened, as a sentence; null while it is closed. */
  openedBy: string | null;
  /** Milliseconds since 1970. */
  openedAt: number | null;
}

/** How many calls are looked back at. */
const window = 50;
const mostErrors = 0.2;
/** Of fewer calls the share is taken of so many: three errors among four calls prove nothing, five of twenty do. */
const leastCalls = 20;

export const closedBreaker: Breaker = { state: 'closed', recent: '', openedBy: null, openedAt: null };

const troubles: ReadonlySet<string> = new Set([
  'rejected',
  'unauthorized',
  'forbidden',
  'unavailable',
  'malformed',
  'unknown',
]);

/**
 * Whether an outcome of this kind counts as an error. Neither an account that is not there, nor a refusal for too many
 * calls (the pace deals with it), nor a call that never left this server says that something is wrong at the vendor.
 */
export const isTrouble = (outcomeKind: string): boolean => troubles.has(outcomeKind);

/** Whether a call may be made now. */
export const mayCall = ({ state }: Breaker): boolean => state !== 'open';

/**
 * What becomes of it by a call. It opens with the very call that makes the errors more than a fifth; half open it closes
 * with a call that went well and opens with one that did not. Calls that were under way while it was open change nothing.
 */
export function noteCall(breaker: Breaker, isError: boolean, now: number): Breaker {
  if (breaker.state === 'open') return breaker;
  if (breaker.state === 'half_open') {
    if (!isError) return closedBreaker;
    return { ...breaker, state: 'open', openedBy: 'The call that was tried went wrong, too.', openedAt: now };
  }
  const recent = (breaker.recent + (isError ? 'x' : '.')).slice(-window);
  const errors = countErrors(recent);
  const calls = Math.max(recent.length, leastCalls);
  if (errors <= calls * mostErrors) return { ...breaker, recent };
  const openedBy = `${errors} of the last ${recent.length} calls went wrong.`;
  return { state: 'open', recent, openedBy, openedAt: now };
}

/** Something else than calls is wrong, such as a list that shrank or an account that was not the right one. */
export function openFor(breaker: Breaker, reason: string, now: number): Breaker {
  return breaker.state === 'open' ? breaker : { ...breaker, state: 'open', openedBy: reason, openedAt: now };
}

/** Somebody lets one call go and looks at what becomes of it. Changes nothing unless it is open. */
export const halfOpen = (breaker: Breaker): Breaker =>
  breaker.state === 'open' ? { ...breaker, state: 'half_open' } : breaker;

function countErrors(recent: string): number {
  let errors = 0;
  for (const call of recent) if (call === 'x') errors += 1;
  return errors;
}
