import { expect, test } from 'vitest';
import { paceWords } from '../../web/ui/pace-words.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const idle = { perSecond: null, isLearned: false, atOnce: 16, waiting: 0, pausedUntil: null };

test.each([
  [idle, 'no limit known, 16 at once'],
  [{ ...idle, perSecond: 50 }, '50/s allowed, 16 at once'],
  [{ ...idle, perSecond: 3.3, isLearned: true, waiting: 1 }, '3.3/s learned, 16 at once, 1 call waiting'],
  [
    { ...idle, perSecond: 50, waiting: 112, pausedUntil: '2026-11-21T09:00:11.200Z' },
    '50/s allowed, 16 at once, waiting 12 s',
  ],
  [
    { ...idle, waiting: 112, pausedUntil: '2026-11-21T08:59:59Z' },
    'no limit known, 16 at once, 112 calls waiting',
  ],
])('a pace is told in a few words: %j', (pace, words) => {
  expect(paceWords(pace, now)).toBe(words);
});
