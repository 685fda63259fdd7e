import type { CallClass } from '../domain/vendor.ts';
import type { Outcome } from './outcome.ts';

const firstWaitMs = 500;
const longestWaitMs = 30_000;
/** A vendor that is busy refuses without doing anything, so patience costs only time. */
const busyAttempts = 50;

/**
 * How long to wait before the next attempt, or null to give up. `attempt` counts from 1.
 *
 * Reads may always be repeated. Any other call only when it surely had no effect: the vendor refused it for its rate,
 * or it never left this server. Waits double from half a second to half a minute; `jitter` (0 to 1) spreads them, and
 * `Retry-After` wins.
 */
export function nextAttemptMs(
  callClass: CallClass,
  outcome: Outcome,
  attempt: number,
  attempts: number,
  jitter: number,
): number | null {
  const isBusy = outcome.kind === 'rate_limited';
  const isSafe =
    isBusy ||
    (outcome.kind === 'not_sent' && !outcome.isPermanent) ||
    (callClass === 'read' && outcome.kind === 'unavailable');
  if (!isSafe || attempt >= (isBusy ? Math.max(busyAttempts, attempts) : attempts)) return null;

  return (outcome.retryAfterMs ?? backoff(attempt)) + Math.round(backoff(attempt) * 0.25 * jitter);
}

const backoff = (attempt: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** (Math.min(attempt, 10) - 1));

/** The wait before an attempt that no answer of the vendor says more about. */
export const backoffMs = (attempt: number, jitter: number): number =>
  backoff(attempt) + Math.round(backoff(attempt) * 0.25 * jitter);
