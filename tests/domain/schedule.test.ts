import { describe, expect, test } from 'vitest';
import { type ScheduleForm, toCron, toForm } from '#domain/schedule';
import { checkSchedule, nextTimes, toScheduleWords } from '#domain/schedule-times';

const now = Date.parse('2026-11-21T09:00:00Z');

const timesOf = (cron: string, timeZone: string, after: string, count = 3) =>
  nextTimes({ cron, timeZone }, Date.parse(after), count).map((time) => new Date(time).toISOString());

describe('the form and the cron text of a schedule', () => {
  test.each<[ScheduleForm, string]>([
    [{ kind: 'hours', every: 1, minute: 5 }, '5 * * * *'],
    [{ kind: 'hours', every: 4, minute: 0 }, '0 */4 * * *'],
    [{ kind: 'daily', at: '03:15' }, '15 3 * * *'],
    [{ kind: 'weekly', days: [4, 1], at: '00:00' }, '0 0 * * 1,4'],
    [{ kind: 'monthly', day: 28, at: '23:59' }, '59 23 28 * *'],
    [{ kind: 'monthly', day: 'last', at: '03:00' }, '0 3 L * *'],
  ])('say the same: %j', (form, cron) => {
    expect(toCron(form)).toBe(cron);
    expect(toCron(toForm(cron)!)).toBe(cron);
  });

  test.each(['*/5 * * * *', '0 */5 * * *', '0 3 1 1 *', '0 3 1 * 1', '0 3 * * MON', '0 3 1-5 * *', 'now'])(
    'part ways where no form can say it: %s',
    (cron) => expect(toForm(cron)).toBeNull(),
  );

  test('are read aloud', () => {
    expect(toScheduleWords({ cron: '15 3 * * *' })).toBe('At 03:15, every day');
  });
});

describe('a time that the clocks skip in spring happens when they have gone on', () => {
  test.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '30 2 * * *', '2026-03-07T12:00:00Z', '2026-03-08T07:00:00.000Z'],
    // Half an hour only: 02:00 becomes 02:30.
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T00:00:00Z', '2026-10-03T15:30:00.000Z'],
  ])('in %s', (zone, cron, after, time) => {
    expect(timesOf(cron, zone, after, 1)).toEqual([time]);
  });
});

describe('a time that the clocks repeat in autumn happens once', () => {
  test.each([
    [
      'Europe/Berlin',
      '30 2 * * *',
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-10-31T12:00:00Z',
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ],
    [
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-04T00:00:00Z',
      '2026-04-04T14:45:00.000Z',
      '2026-04-05T15:15:00.000Z',
    ],
  ])('in %s', (zone, cron, after, ...times) => {
    expect(timesOf(cron, zone, after, 2)).toEqual(times);
  });
});

test('what happens every hour goes on by real hours when the clocks change', () => {
  const autumn = timesOf('0 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', 3);
  const spring = timesOf('0 * * * *', 'Europe/Berlin', '2026-03-29T00:30:00Z', 2);

  expect(autumn).toEqual([
    '2026-10-25T00:00:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2026-10-25T02:00:00.000Z',
  ]);
  expect(spring).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z']);
});

test('the last day of the month is in February, too', () => {
  expect(timesOf('0 3 L * *', 'UTC', '2027-02-01T00:00:00Z', 2)).toEqual([
    '2027-02-28T03:00:00.000Z',
    '2027-03-31T03:00:00.000Z',
  ]);
});

test.each([
  ['0 0 31 2 *', 'UTC', 'never comes'],
  ['61 0 * * *', 'UTC', 'cannot be read: Invalid value for minute'],
  ['0 0 * * * *', 'UTC', 'five parts'],
  ['@daily', 'UTC', 'five parts'],
  ['a b c d e', 'UTC', 'cannot be read'],
  ['0 3 * * *', 'Mars/Olympus', 'no time zone'],
])('the schedule %s in %s is refused', (cron, timeZone, words) => {
  expect(() => checkSchedule({ cron, timeZone }, now)).toThrow(words);
});
