import type { Clock } from './ports.ts';

/** Something that is kept for so many days and then removed. */
export interface KeptForDays {
  /** As it stands in a report, such as *logs of loads*. */
  what: string;
  days: number;
  /**
   * Removes up to `limit` rows that were over before this time, in one transaction that takes a few milliseconds.
   * Gives how many; 0 when there are none left.
   */
  removeSome(before: number, limit: number): Promise<number>;
}

/** Rows of one transaction. */
export const batchSize = 500;
const dayMs = 24 * 60 * 60_000;
/** Between two batches: what people and runs write goes first. */
const restMs = 50;

/** Removes all that is older than it is kept, a little at a time. Begins no batch once the signal is aborted. */
export async function removeOld(
  { days, removeSome }: KeptForDays,
  clock: Pick<Clock, 'now' | 'sleep'>,
  signal: AbortSignal,
): Promise<void> {
  const before = clock.now() - days * dayMs;
  while (!signal.aborted && (await removeSome(before, batchSize)) > 0) await clock.sleep(restMs, signal);
}
