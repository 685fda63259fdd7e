import type { Outcome } from './outcome.ts';
import type { VendorCall } from './vendor-ports.ts';

/** What one read of an account said, and when. */
export interface Reading {
  at: number;
  outcome: Outcome;
  /** The step whose answer it is; null when no step holds it. */
  step: number | null;
  /** The answer as the journal keeps it, where no step holds it. */
  text: string | null;
}

/** A longer answer is asked for again: a hundred records may be on their way at once, each with what it has read. */
export const longestReading = 256 * 1024;

/** The reads that one record's path has made in this run. */
export interface Readings {
  add(call: VendorCall, reading: Reading): void;
  /** A reading of the same URL with the same credential that is recent enough to judge by. */
  fresh(call: VendorCall, now: number): Reading | undefined;
}

/** How old a reading may be that a destructive call is judged by. */
export const freshForMs = 60_000;

export function createReadings(): Readings {
  const byKey = new Map<string, Reading>();
  return {
    add(call, reading) {
      if (reading.outcome.kind === 'ok') byKey.set(keyOf(call), reading);
    },
    fresh(call, now) {
      const reading = byKey.get(keyOf(call));
      return reading && now - reading.at <= freshForMs ? reading : undefined;
    },
  };
}

const keyOf = ({ credential, url }: VendorCall): string =>
  `${'id' in credential ? credential.id : `name ${credential.name}`}\n${url}`;
