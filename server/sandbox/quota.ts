/** What is left of an allowance after one more request. */
export interface Allowance {
  isSpent: boolean;
  limit: number;
  remaining: number;
  /** When the next window begins, in milliseconds. */
  resetsAtMs: number;
}

/** Lets each account make so many requests in each window of time, counted from the epoch: a day begins at 0:00 UTC. */
export interface Quota {
  take(account: string): Allowance;
}

export function createQuota({
  limit,
  windowMs,
  now,
}: {
  limit: number;
  windowMs: number;
  now: () => number;
}): Quota {
  const counts = new Map<string, { window: number; count: number }>();

  return {
    take(account) {
      const window = Math.floor(now() / windowMs);
      const former = counts.get(account);
      const used = former?.window === window ? former.count : 0;
      const isSpent = used >= limit;
      const count = isSpent ? used : used + 1;
      counts.set(account, { window, count });
      return { isSpent, limit, remaining: limit - count, resetsAtMs: (window + 1) * windowMs };
    },
  };
}
