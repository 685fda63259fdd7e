import { setImmediate } from 'node:timers/promises';
import type { Database } from './database.ts';

/** Records of a run whose numbers lie above `after` and not above `to`. */
export interface RecordWindow {
  after: number;
  to: number;
}

/** Records that are looked at before others get their turn: some milliseconds of reading. */
const atOnce = 1000;

/** Goes over the records of a run by their numbers, however many there are, without holding up anybody for long. */
export function prepareWindows({ $client }: Database) {
  const last = $client
    .prepare<[number], number | null>('SELECT max(n) FROM run_records WHERE run = ?')
    .pluck();

  /** From the record behind `after` on; record 0, which is the run itself, comes with -1. Others get their turn between two windows. */
  return async function* windows(
    key: number,
    after: number,
    size: number = atOnce,
  ): AsyncGenerator<RecordWindow> {
    const end = last.get(key) ?? -1;
    for (let at = after; at < end; at += size) {
      if (at > after) await setImmediate();
      yield { after: at, to: Math.min(at + size, end) };
    }
  };
}
