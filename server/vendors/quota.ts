import { type Quota, readQuota } from './rate-headers.ts';

/** How many calls are left of what a vendor allows until a time, as its answers tell. */
export interface QuotaGuard {
  /** Whether no answer has said anything that still holds. */
  readonly isFree: boolean;
  /** When the next call may start; 0 means at once. */
  opensAt(now: number): number;
  take(): void;
  /** An answer came, while so many other calls were under way. */
  note(headers: Readonly<Record<string, string>>, others: number, now: number): void;
}

interface Known {
  counter: string;
  /** The least that an answer of this window has named. */
  least: number;
  left: number;
  resetsAt: number;
}

/**
 * Counts down what is left. Answers overtake each other, and the vendor may not have counted the calls that are still
 * under way, so the least number that was heard counts, less those calls.
 */
export function createQuotaGuard(): QuotaGuard {
  let known: Known | null = null;

  return {
    get isFree() {
      return known === null;
    },
    opensAt(now) {
      if (known === null) return 0;
      if (known.resetsAt <= now) known = null;
      return known === null || known.left >= 1 ? 0 : known.resetsAt;
    },
    take() {
      if (known !== null) known.left -= 1;
    },
    note(headers, others, now) {
      const heard = readQuota(headers, now);
      if (heard === null) return;
      if (known === null || known.resetsAt <= now) {
        known = toKnown(heard, others);
      } else if (heard.counter !== known.counter) {
        // Of several counters the one that runs out first is kept.
        if (heard.left - others < known.left) known = toKnown(heard, others);
      } else if (heard.left > known.least + others + 1) {
        // More than any answer that was overtaken could name: the next window has begun.
        known = toKnown(heard, others);
      } else {
        known.least = Math.min(known.least, heard.left);
        known.resetsAt = Math.min(known.resetsAt, heard.resetsAt);
        known.left = known.least - others;
      }
    },
  };
}

const toKnown = ({ counter, left, resetsAt }: Quota, others: number): Known => ({
  counter,
  least: left,
  left: left - others,
  resetsAt,
});
