import { expect, test } from 'vitest';
import type { ConditionGroup } from '#contract';
import { countRules, parseFilter, withoutOpenRules } from '../../web/pages/records/list-filter.ts';

const filter: ConditionGroup = {
  match: 'all',
  rules: [
    { field: 'role', operator: 'equals', value: 'Guest' },
    { match: 'any', rules: [{ field: 'site', operator: 'is_empty' }] },
  ],
};

test('an address keeps a filter, and one that cannot be read is none', () => {
  expect(parseFilter(JSON.stringify(filter))).toEqual(filter);
  expect(parseFilter('{"match":"some"}')).toBeUndefined();
  expect(parseFilter('{')).toBeUndefined();
  expect(parseFilter('')).toBeUndefined();
});

test('rules without a value and groups without rules are left out', () => {
  const open: ConditionGroup = {
    match: 'all',
    rules: [
      ...filter.rules,
      { field: 'email', operator: 'contains', value: ' ' },
      { field: 'email', operator: 'equals' },
      { match: 'any', rules: [{ field: 'email', operator: 'equals', value: '' }] },
    ],
  };

  expect(withoutOpenRules(open)).toEqual(filter);
  expect(countRules(filter)).toBe(2);
});
