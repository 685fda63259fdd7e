/**
 * How many calls a second a vendor takes: what was set, and what its refusals teach. All times are milliseconds
 * since 1970, given by whoever asks.
 */
export interface Rate {
  /** What is set or published; null for no number. */
  limit(perSecond: number | null): void;
  /** Calls a second allowed at this time; null while no number is known. */
  allowed(now: number): number | null;
  isLearned(now: number): boolean;
  /** Whether calls need not ask for their time at all. */
  readonly isFree: boolean;
  /** When the next call may start; a time that has passed means at once. */
  opensAt(now: number): number;
  /** A call starts. */
  take(now: number): void;
  /** The vendor took a call that was sent then. */
  accepted(sentAt: number): void;
  /** The vendor refused a call that was sent then as one too many, and wants to be left alone for so long. */
  refused(sentAt: number, waitMs: number): void;
  /** The pause after a refusal is over: every call sent before it was answered meanwhile. */
  resumed(now: number): void;
}

/**
 * Calls are spaced evenly at a little less than what is allowed, and may catch up on a timer that came late by so much.
 * Both together keep every second, wherever it begins, at or under the allowed number: 0.96 × 1.025 < 1.
 */
const share = 0.96;
const slackMs = 25;

/** What was accepted is counted over as long as the vendor wants to be left alone, within these bounds. */
const shortestWindowMs = 1_000;
const longestWindowMs = 60_000;
/** Below this `Retry-After` is the pace. */
const leastPerSecond = 1;
/** What is learned holds for about a minute, then is exceeded ever faster: 5 % after one, 40 % after two, 6-fold after five. */
const growth = 0.05;
const growthMs = 60_000;
/** This much more than was learned is no limit at all. */
const forgottenAt = 20;
const remembered = 1_024;

export function createRate(): Rate {
  let set: number | null = null;
  let learned: { perSecond: number; at: number } | null = null;
  let complaint: { at: number; windowMs: number } | null = null;
  let nextStart = 0;
  /** When the latest accepted calls were sent, in the order of their answers; the oldest is overwritten first. */
  const times = new Float64Array(remembered);
  let count = 0;

  const learnedAt = (now: number): number | null => {
    if (learned === null) return null;
    const grown = 1 + growth * (Math.max(0, now - learned.at) / growthMs) ** 3;
    if (grown >= forgottenAt) {
      learned = null;
      return null;
    }
    return learned.perSecond * grown;
  };

  const allowed = (now: number): number | null => {
    const taught = learnedAt(now);
    if (set === null || taught === null) return set ?? taught;
    return Math.min(set, taught);
  };

  /** How many accepted calls were sent after `from` and until `to`; of a great many only the latest. */
  const sentBetween = (from: number, to: number): { found: number; since: number } => {
    const known = Math.min(count, remembered);
    let found = 0;
    let oldest = to;
    for (let i = 0; i < known; i += 1) {
      const time = times[i] as number;
      if (time <= from || time > to) continue;
      oldest = Math.min(oldest, time);
      found += 1;
    }
    return { found, since: found === remembered ? Math.min(oldest, to - 1) : from };
  };

  return {
    limit(perSecond) {
      set = perSecond;
    },
    allowed,
    isLearned(now) {
      const taught = learnedAt(now);
      return taught !== null && (set === null || taught < set);
    },
    get isFree() {
      return set === null && learned === null;
    },
    opensAt(now) {
      const perSecond = allowed(now);
      if (perSecond === null) return 0;
      // A clock that was set back must not hold calls up until it has caught up.
      if (nextStart > now + spacing(perSecond)) nextStart = now;
      return nextStart;
    },
    take(now) {
      const perSecond = allowed(now);
      if (perSecond !== null) nextStart = Math.max(nextStart, now - slackMs) + spacing(perSecond);
    },
    accepted(sentAt) {
      times[count % remembered] = sentAt;
      count += 1;
    },
    refused(sentAt, waitMs) {
      const windowMs = Math.min(Math.max(waitMs, shortestWindowMs), longestWindowMs);
      complaint = {
        at: Math.min(complaint?.at ?? sentAt, sentAt),
        windowMs: Math.max(complaint?.windowMs ?? 0, windowMs),
      };
    },
    resumed(now) {
      if (complaint === null) return;
      const { at, windowMs } = complaint;
      complaint = null;
      const { found, since } = sentBetween(at - windowMs, at);
      // Where nothing was accepted there is nothing to learn from: others may use the same account.
      if (found === 0) return;
      const before = learnedAt(now) ?? Number.POSITIVE_INFINITY;
      let perSecond = Math.min(before, toPerSecond(found, at - since));
      if (learned !== null && at - learned.at >= windowMs) {
        // It was kept to and still too much, such as where a vendor lets calls save up. What came through on average,
        // the pause included, is surely not too much: the truth lies between.
        const whole = sentBetween(learned.at, now);
        perSecond = (perSecond + toPerSecond(whole.found, now - Math.max(whole.since, learned.at))) / 2;
      }
      learned = { perSecond: Math.max(leastPerSecond, perSecond), at: now };
    },
  };
}

const spacing = (perSecond: number): number => 1000 / (perSecond * share);

const toPerSecond = (calls: number, ms: number): number => (calls / ms) * 1000;
