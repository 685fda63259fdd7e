import { describe, expect, test } from 'vitest';
import { defaultGuardSettings, type GuardSettings, guardSettingsSchema } from '#domain/guard';
import { type Limit, limitKinds } from '#domain/limits';
import { loosens } from '#domain/loosens';

const now = Date.parse('2026-11-21T09:00:00Z');
const at = (days: number): string => new Date(now + days * 86_400_000).toISOString();
const freeze = (from: number, until: number) => ({ title: 'Holidays', from: at(from), until: at(until) });

const base = defaultGuardSettings;
const withLimit = (span: 'run' | 'day', kind: 'delete' | 'disable', limit: Limit): GuardSettings => ({
  ...base,
  limits: { ...base.limits, [span]: { ...base.limits[span], [kind]: limit } },
});
const own = (where: 'vendors' | 'workflows', span: 'run' | 'day', limit: Limit | null): GuardSettings => ({
  ...base,
  [where]: limit === null ? {} : { one: { [span]: { delete: limit } } },
});
const plain = (number: number | null, sharePercent: number | null = null): Limit => ({
  number,
  sharePercent,
});

type Case = [name: string, from: GuardSettings, to: GuardSettings];

const places = (['run', 'day'] as const).flatMap((span) => limitKinds.map((kind) => ({ span, kind })));

describe('a change that loosens', () => {
  test.each<Case>([
    ...places.flatMap<Case>(({ span, kind }) => [
      [`${span} ${kind}: a number`, withLimit(span, kind, plain(5)), withLimit(span, kind, plain(6))],
      [`${span} ${kind}: a share`, withLimit(span, kind, plain(5, 1)), withLimit(span, kind, plain(5, 1.5))],
      [
        `${span} ${kind}: no number`,
        withLimit(span, kind, plain(5, 1)),
        withLimit(span, kind, plain(null, 1)),
      ],
      [`${span} ${kind}: no share`, withLimit(span, kind, plain(5, 1)), withLimit(span, kind, plain(5))],
      [
        `${span} ${kind}: a number for a share`,
        withLimit(span, kind, plain(5)),
        withLimit(span, kind, plain(null, 1)),
      ],
    ]),
    ['a vendor is held less', own('vendors', 'day', plain(3)), own('vendors', 'day', plain(4))],
    ['a vendor is not held any more', own('vendors', 'run', plain(100)), own('vendors', 'run', null)],
    ['a workflow is held less', own('workflows', 'day', plain(3)), own('workflows', 'day', plain(4))],
    ['a workflow is not held any more', own('workflows', 'day', plain(3)), own('workflows', 'day', null)],
    ['a workflow may more than all', own('workflows', 'run', null), own('workflows', 'run', plain(6, 1))],
    ['a workflow may again what all may', own('workflows', 'run', plain(1)), own('workflows', 'run', null)],
    ['administrators', base, { ...base, protectsAdministrators: false }],
    ['the canary', base, { ...base, hasCanary: false }],
    ['a faster pace', base, { ...base, deletionsPerMinute: 7 }],
    ['no pace', base, { ...base, deletionsPerMinute: null }],
    ['a freeze goes', { ...base, freezes: [freeze(1, 3)] }, base],
    ['a freeze begins later', { ...base, freezes: [freeze(1, 3)] }, { ...base, freezes: [freeze(2, 3)] }],
    ['a freeze ends earlier', { ...base, freezes: [freeze(-1, 3)] }, { ...base, freezes: [freeze(-1, 2)] }],
    [
      'a gap in a freeze',
      { ...base, freezes: [freeze(1, 4)] },
      { ...base, freezes: [freeze(1, 2), freeze(3, 4)] },
    ],
  ])('%s', (_name, from, to) => {
    expect(loosens(guardSettingsSchema.parse(from), guardSettingsSchema.parse(to), now)).toHaveLength(1);
  });

  test('says all of it', () => {
    const to = { ...base, hasCanary: false, limits: { ...base.limits, day: base.limits.run } };

    expect(loosens(to, { ...base, deletionsPerMinute: 60 }, now)).toEqual([
      'Deletions in a day: 25 instead of 5 or 1 % of the accounts.',
      'Accounts that lose something in a day: 250 instead of 50 or 10 % of the accounts.',
      'Deletions go faster: 60 a minute instead of 6 a minute.',
    ]);
  });
});

describe('a change that only tightens', () => {
  test.each<Case>([
    ['nothing', base, base],
    ...places.flatMap<Case>(({ span, kind }) => [
      [`${span} ${kind}: a number`, withLimit(span, kind, plain(5)), withLimit(span, kind, plain(4))],
      [
        `${span} ${kind}: a share besides`,
        withLimit(span, kind, plain(5)),
        withLimit(span, kind, plain(5, 1)),
      ],
    ]),
    ['a vendor of its own', own('vendors', 'day', null), own('vendors', 'day', plain(100_000))],
    ['a workflow of its own in a day', own('workflows', 'day', null), own('workflows', 'day', plain(9))],
    ['a workflow that may less', own('workflows', 'run', null), own('workflows', 'run', plain(2, 1))],
    [
      'a workflow that may as little as all',
      own('workflows', 'run', plain(9)),
      own('workflows', 'run', null),
    ],
    ['administrators', { ...base, protectsAdministrators: false }, base],
    ['the canary', { ...base, hasCanary: false }, base],
    ['a slower pace', base, { ...base, deletionsPerMinute: 1 }],
    ['a pace', { ...base, deletionsPerMinute: null }, base],
    ['a freeze', base, { ...base, freezes: [freeze(1, 2)] }],
    ['a freeze that is over goes', { ...base, freezes: [freeze(-3, -1)] }, base],
    [
      'a freeze in two parts',
      { ...base, freezes: [freeze(1, 4)] },
      { ...base, freezes: [freeze(3, 5), freeze(0, 3)] },
    ],
    [
      'a freeze that began earlier',
      { ...base, freezes: [freeze(-2, 4)] },
      { ...base, freezes: [freeze(-1, 4)] },
    ],
  ])('%s', (_name, from, to) => {
    expect(loosens(guardSettingsSchema.parse(from), guardSettingsSchema.parse(to), now)).toEqual([]);
  });
});
