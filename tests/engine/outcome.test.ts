import { describe, expect, it } from 'vitest';
import { retryAfter } from '#domain/retry-after';
import type { CallClass } from '#domain/vendor';
import { toOutcome } from '#engine/outcome';
import { nextAttemptMs } from '#engine/retry';
import { answer } from '../support/scripted-client.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const rule = { statuses: [200], mediaType: 'json' as const, notFound: undefined };
const judge = (reply: Parameters<typeof toOutcome>[0], callClass: CallClass = 'read') =>
  toOutcome(reply, rule, callClass, 'Webex', now);

describe('what a reply means', () => {
  it.each([
    [401, 'unauthorized', 'unauthorized'],
    [403, 'forbidden', 'forbidden'],
    [404, 'rejected', 'rejected'],
    [409, 'rejected', 'rejected'],
    [429, 'rate_limited', 'rate_limited'],
    [423, 'rate_limited', 'rate_limited'],
    [500, 'unavailable', 'unknown'],
    [503, 'unavailable', 'unknown'],
    [408, 'unavailable', 'unknown'],
    [302, 'rejected', 'unknown'],
    [204, 'rejected', 'unknown'],
  ])('%i is %s for a read and %s for a delete', (status, read, destructive) => {
    expect(judge(answer(status, {})).kind).toBe(read);
    expect(judge(answer(status, {}), 'destructive').kind).toBe(destructive);
  });

  it('takes HTML where JSON was promised for no data at all', () => {
    const outcome = judge(answer(200, '<html>', { 'content-type': 'text/html' }));

    expect(outcome.kind).toBe('malformed');
    expect(outcome.message).toMatch(/text\/html where JSON was promised/);
  });

  it.each([
    ['"Too Many Requests."', 'Webex answered 429: Too Many Requests: too many requests.'],
    ['{"status":"429","detail":"Slow down."}', 'Webex answered 429: Slow down: too many requests.'],
    ['"<html>"', 'Webex answered 429: too many requests.'],
  ])('shows the words of an answer that is text or a detail: %s', (body, message) => {
    expect(judge(answer(429, body)).message).toBe(message);
  });

  it('says where a JSON answer breaks off', () => {
    expect(judge(answer(200, '{"a": [1,')).message).toMatch(/not valid JSON/);
  });

  it('does not read an answer over the limit', () => {
    const reply = { kind: 'answered', status: 200, headers: {}, body: '', isTooLarge: true } as const;

    expect(judge(reply).message).toMatch(/over 10 MB/);
  });

  it("repeats the vendor's own words", () => {
    expect(judge(answer(400, { message: 'displayName is missing', trackingId: 'x' })).message).toBe(
      'Webex answered 400: displayName is missing.',
    );
  });

  it('keeps integers that JavaScript cannot hold', () => {
    expect(judge(answer(200, '{"id": 9007199254740993123}')).body).toEqual({ id: '9007199254740993123' });
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['Sat, 21 Nov 2026 09:00:30 GMT', 30_000],
    ['2026-11-21T09:01:00Z', 60_000],
    ['soon', null],
    ['-5', null],
    ['999999', 900_000],
    [undefined, null],
  ])('%s is %s ms', (text, ms) => {
    expect(retryAfter(text, now)).toBe(ms);
  });
});

describe('another attempt', () => {
  const attempt = (callClass: CallClass, status: number, n = 1) =>
    nextAttemptMs(callClass, judge(answer(status, {}), callClass), n, 5, 0);

  it('is made for reads that break down, ever later, and ends', () => {
    expect([1, 2, 3, 4, 5].map((n) => attempt('read', 503, n))).toEqual([500, 1000, 2000, 4000, null]);
  });

  it('is never made for other calls, unless the vendor refused for its rate', () => {
    expect(attempt('destructive', 500)).toBeNull();
    expect(attempt('non-idempotent', 503)).toBeNull();
    expect(attempt('destructive', 429)).toBe(500);
  });

  it('is made when nothing left this server', () => {
    const refused = judge(
      { kind: 'not_sent', reason: 'refused', isPermanent: false, isUnauthorized: false },
      'destructive',
    );
    const wrong = judge(
      { kind: 'not_sent', reason: 'bad host', isPermanent: true, isUnauthorized: false },
      'destructive',
    );

    expect(nextAttemptMs('destructive', refused, 1, 5, 0)).toBe(500);
    expect(nextAttemptMs('destructive', wrong, 1, 5, 0)).toBeNull();
  });
});

describe('a vendor says that an account is not there', () => {
  const says = [{ path: 'code', test: 'is' as const, value: '1001' }];
  const judgeGone = (body: unknown, done: boolean) =>
    toOutcome(
      answer(404, body),
      { ...rule, notFound: { statuses: [404], says, done } },
      'destructive',
      'Zoom',
      now,
    );

  it('in its own words, so a deletion was done before', () => {
    expect(judgeGone({ code: 1001, message: 'Gone' }, true).kind).toBe('ok');
    expect(judgeGone({ code: 1001, message: 'Gone' }, false).kind).toBe('not_found');
  });

  it('and any other 404 is a refusal that proves nothing', () => {
    const outcome = judgeGone({ code: 1120, message: 'Invitation not found' }, true);

    expect(outcome.kind).toBe('rejected');
    expect(outcome.message).toMatch(/not its word for a missing account/);
  });
});
