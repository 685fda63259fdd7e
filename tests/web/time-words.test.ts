import { describe, expect, it } from 'vitest';
import { toRelativeText } from '../../web/ui/words.ts';

const now = Date.parse('2026-11-21T20:45:00Z');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (ms: number) => toRelativeText(new Date(now + ms).toISOString(), now);

describe('a time relative to now', () => {
  it('counts what is past in whole units', () => {
    expect(at(-59_000)).toBe('just now');
    expect(at(-119 * minute)).toBe('1 hour ago');
    expect(at(-3 * day + minute)).toBe('2 days ago');
  });

  it('takes the nearest for what is to come', () => {
    expect(at(72 * hour - minute)).toBe('in 3 days');
    expect(at(6 * hour + 55 * minute)).toBe('in 7 hours');
  });

  it('never names a day of the calendar: the day after tomorrow is 31 hours away', () => {
    expect(at(31 * hour)).toBe('in 1 day');
    expect(at(-40 * hour)).toBe('1 day ago');
  });

  it('takes the next unit up where the nearest reaches it', () => {
    expect(at(hour - 20_000)).toBe('in 1 hour');
    expect(at(day - minute)).toBe('in 1 day');
  });
});
