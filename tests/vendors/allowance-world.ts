import type { Lane, PaceLimits } from '#domain/pace';
import { retryAfter } from '#domain/retry-after';
import { nextAttemptMs } from '#engine/retry';
import { type Allowance, createAllowance } from '../../server/vendors/allowance.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

/** A vendor's limit: null where it takes the call, else the headers of its refusal. */
export type VendorLimit = (now: number) => Record<string, string> | null;

/** So many calls in each second of the clock on the wall. */
export function windowLimit(perSecond: number, headers: Record<string, string> = {}): VendorLimit {
  let window = 0;
  let count = 0;
  return (now) => {
    const current = Math.floor(now / 1000);
    if (current !== window) count = 0;
    window = current;
    count += 1;
    return count > perSecond ? headers : null;
  };
}

/** So many calls in any second, wherever it begins. */
export function slidingLimit(perSecond: number, headers: Record<string, string> = {}): VendorLimit {
  let times: number[] = [];
  return (now) => {
    times = times.filter((time) => time > now - 1000);
    if (times.length >= perSecond) return headers;
    times.push(now);
    return null;
  };
}

/** A bucket of so many tokens that fills by so many a second. */
export function bucketLimit(
  perSecond: number,
  headers: Record<string, string> = {},
  size = perSecond,
): VendorLimit {
  let tokens = size;
  let filledAt = 0;
  return (now) => {
    tokens = Math.min(size, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return headers;
    tokens -= 1;
    return null;
  };
}

export interface Outcome {
  calls: number;
  refusals: number;
  /** From the first call to the last answer. */
  ms: number;
  /** When each call was sent. */
  sentAt: number[];
  clock: VirtualClock;
}

export interface Work {
  calls: number;
  inFlight: number;
  latencyMs: number;
  limit: VendorLimit;
  limits?: Partial<PaceLimits>;
  clock?: VirtualClock;
  allowance?: Allowance;
  lane?: Lane;
  group?: string;
}

/** Makes so many calls succeed as a run does: each record asks again when it was refused. */
export async function simulate(work: Work): Promise<Outcome> {
  const { calls, inFlight, latencyMs, limit, lane = 'manual', group = 'wf' } = work;
  const clock = work.clock ?? createVirtualClock();
  const allowance =
    work.allowance ?? createAllowance({ perSecond: null, atOnce: 128, ...work.limits }, clock);
  const signal = new AbortController().signal;
  const startedAt = clock.now();
  const sentAt: number[] = [];
  let refusals = 0;
  let left = calls;

  const lead = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      for (let attempt = 1; ; attempt += 1) {
        if (!(await allowance.enter({ lane, group }, signal))) return;
        const at = clock.now();
        sentAt.push(at);
        // It arrives half-way, and its answer comes back in the other half.
        await clock.sleep(latencyMs / 2);
        const refusal = limit(clock.now());
        await clock.sleep(latencyMs / 2);
        const waitMs = refusal && retryAfter(refusal['retry-after'], clock.now());
        if (refusal) allowance.refused(at, waitMs, { lane, group });
        else allowance.accepted(at, {});
        allowance.leave();
        if (!refusal) break;
        refusals += 1;
        const outcome = { kind: 'rate_limited', retryAfterMs: waitMs } as Parameters<typeof nextAttemptMs>[1];
        const pauseMs = nextAttemptMs('read', outcome, attempt, 3, 0.5);
        if (pauseMs === null) throw new Error(`A call was given up after ${attempt} attempts.`);
        await clock.sleep(pauseMs);
      }
    }
  };

  await clock.drive(Promise.all(Array.from({ length: inFlight }, lead)));
  return { calls: sentAt.length, refusals, ms: clock.now() - startedAt, sentAt, clock };
}

/** The most calls that were sent in any second. */
export function mostInASecond(times: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last += 1) {
    while ((times[first] as number) <= (times[last] as number) - 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
