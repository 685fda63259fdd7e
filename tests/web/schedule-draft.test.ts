import { describe, expect, test } from 'vitest';
import { problemOf, toSchedule, toScheduleDraft } from '../../web/fields/schedule-draft.ts';

const now = Date.parse('2026-11-21T09:00:00Z');

const draftOf = (cron: string) => toScheduleDraft({ cron, timeZone: 'Europe/Berlin' });

describe('a saved schedule', () => {
  test.each([
    ['15 */4 * * *', 'hours'],
    ['15 3 * * *', 'daily'],
    ['15 3 * * 1,5', 'weekly'],
    ['15 3 L * *', 'monthly'],
    ['*/5 8-18 * * 1-5', 'cron'],
    ['0 3 31 * *', 'cron'],
  ])('%s opens as %s and stays the same when it is saved untouched', (cron, kind) => {
    const draft = draftOf(cron);

    expect(draft.kind).toBe(kind);
    expect(toSchedule(draft)).toEqual({ cron, timeZone: 'Europe/Berlin' });
    expect(problemOf(draft, now)).toBeNull();
  });

  test('that is none loads by hand only', () => {
    expect(toSchedule(toScheduleDraft(null))).toBeNull();
  });
});

describe('a draft says why it cannot be saved', () => {
  const daily = draftOf('15 3 * * *');

  test.each([
    [{ ...daily, at: '' }, 'Enter a time'],
    [{ ...daily, kind: 'weekly' as const, days: [] }, 'at least one day'],
    [{ ...daily, kind: 'hours' as const, minute: '' }, 'minute'],
    [{ ...daily, kind: 'cron' as const, cron: '0 0 31 2 *' }, 'never comes'],
    [{ ...daily, kind: 'cron' as const, cron: 'often' }, 'five parts'],
  ])('%#', (draft, words) => {
    expect(problemOf(draft, now)).toContain(words);
  });
});
