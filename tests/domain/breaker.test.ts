import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Breaker,
  closedBreaker,
  halfOpen,
  isTrouble,
  mayCall,
  noteCall,
  openFor,
} from '#domain/breaker';

/** `x` is a call that goes wrong, `.` one that goes well. */
const after = (calls: string, from: Breaker = closedBreaker): Breaker =>
  [...calls].reduce((breaker, call, n) => noteCall(breaker, call === 'x', n), from);

test('it opens with the call that makes errors more than a fifth of the last 50', () => {
  const before = after('.'.repeat(40) + 'x'.repeat(10));
  const then = after('x', before);

  expect(before.state).toBe('closed');
  expect(then).toMatchObject({ state: 'open', openedBy: '11 of the last 50 calls went wrong.', openedAt: 0 });
  expect(mayCall(before)).toBe(true);
  expect(mayCall(then)).toBe(false);
});

test('few calls prove little, but five errors of twenty are enough', () => {
  expect(after('xxxx').state).toBe('closed');
  expect(after('xxxxx').state).toBe('open');
  expect(after('x...x...x...x...').state).toBe('closed');
  expect(after('x...x...x...x...x').state).toBe('open');
});

test('errors of long ago count no more', () => {
  expect(after(`${'x.........'.repeat(5)}${'.'.repeat(50)}xxxxxxxxxx`).state).toBe('closed');
});

test('for any calls: it is open exactly from the first call on that makes the share too large', () => {
  const calls = fc.array(fc.boolean(), { maxLength: 300 });
  fc.assert(
    fc.property(calls, (errors) => {
      let breaker = closedBreaker;
      let shouldBeOpen = false;
      for (const [n, isError] of errors.entries()) {
        breaker = noteCall(breaker, isError, n);
        const recent = errors.slice(Math.max(0, n - 49), n + 1);
        const wrong = recent.filter(Boolean).length;
        shouldBeOpen ||= wrong > 0.2 * Math.max(20, recent.length);
        if ((breaker.state === 'open') !== shouldBeOpen) return false;
      }
      return true;
    }),
  );
});

test('a call that was under way while it was open closes nothing', () => {
  expect(after('....................', after('xxxxx')).state).toBe('open');
});

test('half open, one success closes it and one error opens it again', () => {
  const tried = halfOpen(after('xxxxx'));

  expect(mayCall(tried)).toBe(true);
  expect(after('.', tried)).toEqual(closedBreaker);
  expect(after('x', tried)).toMatchObject({
    state: 'open',
    openedBy: 'The call that was tried went wrong, too.',
  });
  expect(halfOpen(closedBreaker)).toEqual(closedBreaker);
});

test('what is not a call can open it, and the first reason stays', () => {
  const opened = openFor(closedBreaker, 'The account was not the right one.', 7);

  expect(opened).toMatchObject({
    state: 'open',
    openedBy: 'The account was not the right one.',
    openedAt: 7,
  });
  expect(openFor(opened, 'Something else.', 8)).toEqual(opened);
});

test('accounts that are not there, a vendor that is busy and calls that never left are no trouble', () => {
  const all =
    'ok not_found rejected unauthorized forbidden rate_limited unavailable malformed not_sent unknown';

  expect(all.split(' ').filter(isTrouble)).toEqual([
    'rejected',
    'unauthorized',
    'forbidden',
    'unavailable',
    'malformed',
    'unknown',
  ]);
});
