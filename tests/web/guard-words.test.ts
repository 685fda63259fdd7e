import { expect, test } from 'vitest';
import { defaultGuardContent, pressed } from '#contract';
import { holdingsNow } from '../../web/ui/guard-words.ts';

const all = { kind: 'all' } as const;

test('a stop says who else has pressed it, and up to when whoever releases it has seen it', () => {
  const first = pressed(defaultGuardContent, all, { by: 'Ada', at: 1_000, reason: 'Wrong people' });
  const second = pressed(first, all, { by: 'Ben', at: 1_000, reason: '' });
  const third = pressed(second, all, { by: 'breaker', at: 5_000, reason: 'The list has shrunk.' });

  const words = [first, second, third].map((content) => holdingsNow(content, (_, id) => id, 9_000)[0]);

  expect(words.map((held) => [held?.by, held?.reason, held?.seen])).toEqual([
    ['Ada', 'Wrong people', 1_000],
    ['Ada', 'Wrong people. Also Ben.', 1_001],
    ['Ada', 'Wrong people. Also Ben. Also Rollcall: The list has shrunk.', 5_000],
  ]);
});
