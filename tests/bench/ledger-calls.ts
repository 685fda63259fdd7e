/** What goes wrong at the vendor of `ledger-vendor.ts`. */
export interface VendorTrouble {
  latencyMs?: number;
  /** Calls a second; more are refused with 429 and `Retry-After: 1`. */
  perSecond?: number;
  /** How many of 100 answers are 503, without anything done. */
  flakyPercent?: number;
}

/** One call as the vendor wrote it down before it answered. */
export interface LedgerCall {
  /** When it reached the vendor, in milliseconds since 1970. */
  at: number;
  method: string;
  /** As in `p-17`. */
  person: string;
  status: number;
  isPerformed: boolean;
}

/** Deletions that were asked for again although nobody knew, or had looked, what became of the time before. */
export function unverifiedRepeats(calls: readonly LedgerCall[]): number {
  const open = new Set<string>();
  let repeats = 0;
  for (const { method, person, status } of calls) {
    if (method !== 'DELETE') {
      // An answer that says nothing about the person is no look at them.
      if (status === 200 || status === 404) open.delete(person);
      continue;
    }
    if (status === 429) continue;
    if (open.has(person)) repeats += 1;
    open.add(person);
  }
  return repeats;
}
