/** Lets each account make so many requests a second, with a burst of one second's worth. */
export interface RateLimit {
  /** Seconds to wait before the next request is welcome, or null when this one is. */
  take(account: string): number | null;
}

export function createRateLimit({ perSecond, now }: { perSecond: number; now: () => number }): RateLimit {
  const burst = Math.max(1, perSecond);
  const buckets = new Map<string, { tokens: number; filledAtMs: number }>();

  return {
    take(account) {
      if (perSecond === Number.POSITIVE_INFINITY) return null;

      const nowMs = now();
      const bucket = buckets.get(account) ?? { tokens: burst, filledAtMs: nowMs };
      buckets.set(account, bucket);
      const passedMs = Math.max(0, nowMs - bucket.filledAtMs);
      bucket.tokens = Math.min(burst, bucket.tokens + (passedMs / 1000) * perSecond);
      bucket.filledAtMs = nowMs;

      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
      bucket.tokens -= 1;
      return null;
    },
  };
}
