import { expect, test } from 'vitest';
import { createQuotaGuard } from '../../server/vendors/quota.ts';
import { readQuota } from '../../server/vendors/rate-headers.ts';

const now = Date.parse('2026-11-21T09:00:00Z');

test.each<[string, Record<string, string>, number, number]>([
  ['seconds', { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '30' }, 7, 30_000],
  ['an epoch', { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(now / 1000 + 12) }, 0, 12_000],
  ['an epoch in milliseconds', { 'ratelimit-remaining': '3', 'ratelimit-reset': String(now + 900) }, 3, 900],
  ['a date', { 'x-ratelimit-remaining': '79', 'x-ratelimit-reset': '2026-11-21T09:00:01Z' }, 79, 1_000],
  ['the draft of the IETF', { ratelimit: '"default";r=50;t=30' }, 50, 30_000],
  ['an earlier draft', { ratelimit: 'limit=100, remaining=50, reset=5' }, 50, 5_000],
])('what is left is read where it stands as %s', (_, headers, left, ms) => {
  expect(readQuota(headers, now)).toMatchObject({ left, resetsAt: now + ms });
});

test.each<[string, Record<string, string>]>([
  ['nothing', {}],
  ['no end', { 'x-ratelimit-remaining': '7' }],
  ['no number', { 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '30' }],
  ['less than nothing', { 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '30' }],
  ['a day', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-22T00:00:00Z' }],
  ['nonsense', { ratelimit: 'soon' }],
])('an answer with %s holds nothing up', (_, headers) => {
  expect(readQuota(headers, now)).toBeNull();
});

const said = (left: number, seconds: number, category = '') => ({
  'x-ratelimit-remaining': String(left),
  'x-ratelimit-reset': String(seconds),
  ...(category === '' ? {} : { 'x-ratelimit-category': category }),
});

test('calls under way are taken off what is left, and it ends with its time', () => {
  const quota = createQuotaGuard();

  quota.note(said(3, 10), 2, now);
  const isOpenBefore = quota.opensAt(now) === 0;
  quota.take();

  expect(isOpenBefore).toBe(true);
  expect(quota.opensAt(now)).toBe(now + 10_000);
  expect(quota.opensAt(now + 10_000)).toBe(0);
  expect(quota.isFree).toBe(true);
});

test('an answer that was overtaken gives nothing back, and a new window gives all', () => {
  const quota = createQuotaGuard();
  quota.note(said(1, 10), 1, now);

  quota.note(said(2, 10), 0, now);
  const afterOldOne = quota.opensAt(now);
  quota.note(said(0, 10), 0, now);
  const whenEmpty = quota.opensAt(now);
  quota.note(said(49, 10), 0, now + 5_000);

  expect(afterOldOne).toBe(0);
  expect(whenEmpty).toBe(now + 10_000);
  expect(quota.opensAt(now + 5_000)).toBe(0);
});

test('of several counters the one that runs out first holds', () => {
  const quota = createQuotaGuard();

  quota.note(said(0, 10, 'Medium'), 0, now);
  quota.note(said(79, 10, 'Light'), 0, now);

  expect(quota.opensAt(now)).toBe(now + 10_000);
});
