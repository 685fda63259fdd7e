import { describe, expect, it } from 'vitest';
import { parseTemplate, renderValue } from '#engine/template';
import { templateHelpers } from '#engine/template-helpers';

const ada = {
  name: ' Ada ',
  empty: '',
  roles: ['admin', 'user'],
  address: { city: 'London', zip: '1815' },
  at: '2026-11-01T09:05:07.042Z',
};

const render = (text: string): unknown => renderValue(parseTemplate(text), ada);

interface Case {
  good: [template: string, value: unknown];
  /** What becomes of a value that the record does not have. */
  missing: [template: string, value: unknown];
  /** A value of the wrong kind; null where every kind is right. */
  wrong: string | null;
}

const cases: Record<string, Case> = {
  add_days: {
    good: ['{{add_days at 1}}', '2026-11-02T09:05:07.042Z'],
    missing: ['{{add_days nope 1}}', undefined],
    wrong: '{{add_days name 1}}',
  },
  change: {
    good: ['{{change address "city" "Paris"}}', { city: 'Paris', zip: '1815' }],
    // A record that was never read must not become one with a single value.
    missing: ['{{default (without nope "a") "stopped"}}', 'stopped'],
    wrong: '{{change nope "city" "Paris"}}',
  },
  count: { good: ['{{count roles}}', 2], missing: ['{{count nope}}', 0], wrong: '{{count name}}' },
  date: {
    good: ['{{date at "DD.MM.YYYY"}}', '01.11.2026'],
    missing: ['{{date nope}}', undefined],
    wrong: '{{date roles}}',
  },
  default: {
    good: ['{{default roles "none"}}', ['admin', 'user']],
    missing: ['{{default nope "none"}}', 'none'],
    wrong: null,
  },
  equals: {
    good: ['{{equals (trim name) "Ada"}}', true],
    missing: ['{{equals nope nope}}', false],
    wrong: null,
  },
  first: {
    good: ['{{first roles}}', 'admin'],
    missing: ['{{first nope}}', undefined],
    wrong: '{{first name}}',
  },
  join: {
    good: ['{{join roles "/"}}', 'admin/user'],
    missing: ['{{join nope}}', undefined],
    wrong: '{{join address}}',
  },
  json: { good: ['{{json roles}}', '["admin","user"]'], missing: ['{{json nope}}', undefined], wrong: null },
  last: {
    good: ['{{last roles}}', 'user'],
    missing: ['{{last nope}}', undefined],
    wrong: '{{last address}}',
  },
  lower: {
    good: ['{{lower name}}', ' ada '],
    missing: ['{{lower nope}}', undefined],
    wrong: '{{lower roles}}',
  },
  map: {
    good: ['{{map (trim name) "Ada" "1" "Grace" "2"}}', '1'],
    missing: ['{{map nope "Ada" "1" "other"}}', 'other'],
    wrong: '{{map roles "Ada" "1"}}',
  },
  number: {
    good: ['{{number address.zip}}', 1815],
    missing: ['{{number nope}}', undefined],
    wrong: '{{number name}}',
  },
  replace: {
    good: ['{{replace name " " ""}}', 'Ada'],
    missing: ['{{replace nope " " ""}}', undefined],
    wrong: '{{replace address " " ""}}',
  },
  required: {
    good: ['{{required roles}}', ['admin', 'user']],
    missing: ['{{required (default nope "there")}}', 'there'],
    wrong: '{{required empty}}',
  },
  split: {
    good: ['{{split at "T"}}', ['2026-11-01', '09:05:07.042Z']],
    missing: ['{{split nope}}', undefined],
    wrong: '{{split roles}}',
  },
  trim: { good: ['{{trim name}}', 'Ada'], missing: ['{{trim nope}}', undefined], wrong: '{{trim roles}}' },
  upper: {
    good: ['{{upper name}}', ' ADA '],
    missing: ['{{upper nope}}', undefined],
    wrong: '{{upper address}}',
  },
  urlencode: {
    good: ['{{urlencode name}}', '%20Ada%20'],
    missing: ['{{urlencode nope}}', undefined],
    wrong: '{{urlencode roles}}',
  },
  without: {
    good: ['{{without address "zip"}}', { city: 'London' }],
    missing: ['{{without nope "zip"}}', undefined],
    wrong: '{{without name "zip"}}',
  },
};

it('every function is tried', () => {
  expect(Object.keys(cases).sort()).toEqual(templateHelpers.map(({ name }) => name).sort());
});

describe.each(Object.entries(cases))('%s', (name, { good, missing, wrong }) => {
  it(`gives ${JSON.stringify(good[1])} for ${good[0]}`, () => {
    expect(render(good[0])).toEqual(good[1]);
  });

  it('keeps a missing value missing, or says what stands for it', () => {
    expect(render(missing[0])).toEqual(missing[1]);
  });

  if (wrong !== null)
    it('says in a sentence what does not fit', () => {
      const sentence = expect.stringMatching(/^[A-Z"“].{10,}\.$/);
      expect(() => render(wrong)).toThrow(
        expect.objectContaining({ code: 'template_error', message: sentence }),
      );
    });

  it('says how it is written when it gets too many values', () => {
    expect(() => render(`{{${name} ${'name '.repeat(102)}}}`)).toThrow(`"${name}" is written like {{`);
  });
});
