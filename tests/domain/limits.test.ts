import { describe, expect, it } from 'vitest';
import { capWords, defaultLimits, limitKindOf, mostOf, raisesLimit } from '#domain/limits';

describe('a limit', () => {
  it('is the smaller one of its number and its share, and never below one account for a share', () => {
    const { delete: deletions } = defaultLimits.run;
    expect(mostOf(deletions, 10_000)).toBe(5);
    expect(mostOf(deletions, 300)).toBe(3);
    expect(mostOf(deletions, 40)).toBe(1);
    expect(mostOf({ number: null, sharePercent: 10 }, 95)).toBe(9);
    expect(mostOf({ number: 7, sharePercent: null }, null)).toBe(7);
    expect(mostOf({ number: null, sharePercent: null }, 5)).toBeNull();
    expect(mostOf({ number: 0, sharePercent: 50 }, 100)).toBe(0);
  });

  it('allows one account of an app whose size nobody knows', () => {
    expect(mostOf({ number: 500, sharePercent: 50 }, null)).toBe(1);
  });

  it.each([
    [{ number: 5, sharePercent: 1 }, { number: 6, sharePercent: 1 }, true],
    [{ number: 5, sharePercent: 1 }, { number: 5, sharePercent: null }, true],
    [{ number: 5, sharePercent: 1 }, { number: 1, sharePercent: 2 }, true],
    [{ number: 5, sharePercent: 1 }, { number: 5, sharePercent: 1 }, false],
    [{ number: 5, sharePercent: null }, { number: 4, sharePercent: 1 }, false],
    [{ number: null, sharePercent: null }, { number: 4, sharePercent: 1 }, false],
  ])('knows that %o to %o raises it: %s', (from, to, raises) => {
    expect(raisesLimit(from, to)).toBe(raises);
  });

  it('says in words what was reached', () => {
    expect(capWords({ scope: 'vendor:webex', kind: 'delete', most: 25 })).toBe(
      'the limit of 25 deletions at this vendor within 24 hours',
    );
  });
});

describe('what a call counts as', () => {
  it('takes what only its method tells for the worst that it may be', () => {
    expect(limitKindOf('unknown', 'destructive')).toBe('delete');
    expect(limitKindOf('unknown', 'non-idempotent')).toBe('disable');
    expect(limitKindOf('end-sessions', 'destructive')).toBe('disable');
    expect(limitKindOf('create', 'non-idempotent')).toBeNull();
    expect(limitKindOf('read', 'read')).toBeNull();
  });
});
