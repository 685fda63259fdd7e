import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConditionGroup,
  conditionGroupSchema,
  describeCondition,
  evaluateCondition,
  needsValue,
  operatorLabels,
  operatorsFor,
  type Rule,
  type RuleOperator,
  ruleOperators,
  type Truth,
} from '#domain/condition';
import { fieldTypes } from '#domain/field';

const now = Date.parse('2026-11-15T12:00:00Z');

function truthOf(value: unknown, operator: RuleOperator, wanted?: Rule['value'], unit?: Rule['unit']): Truth {
  const rule: Rule = { field: 'f', operator, value: wanted, unit };
  return evaluateCondition({ match: 'all', rules: [rule] }, () => value, now);
}

describe('a rule about text', () => {
  it.each<[unknown, RuleOperator, Rule['value'], Truth]>([
    ['Active', 'equals', 'active', 'yes'],
    [' active ', 'equals', 'ACTIVE', 'yes'],
    ['inactive', 'equals', 'active', 'no'],
    ['inactive', 'does_not_equal', 'active', 'yes'],
    ['ada@acme.test', 'ends_with', '@ACME.test', 'yes'],
    ['ada@acme.test', 'does_not_end_with', '@acme.test', 'no'],
    ['ada@acme.test', 'begins_with', 'ada', 'yes'],
    ['ada@acme.test', 'does_not_begin_with', 'grace', 'yes'],
    ['ada@acme.test', 'contains', 'acme', 'yes'],
    ['ada@acme.test', 'does_not_contain', 'acme', 'no'],
    ['007', 'equals', '7', 'no'],
    ['12345678901234567890', 'equals', '12345678901234567890', 'yes'],
    ['12345678901234567890', 'equals', '12345678901234567891', 'no'],
    ['today', 'equals', 'today', 'yes'],
    ['E\u0301', 'equals', 'é', 'yes'],
  ])('%j %s %j is %s', (value, operator, wanted, expected) => {
    expect(truthOf(value, operator, wanted)).toBe(expected);
  });
});

describe('a rule about numbers', () => {
  it.each<[unknown, RuleOperator, Rule['value'], Truth]>([
    [5, 'equals', '5', 'yes'],
    ['5.0', 'equals', 5, 'yes'],
    [5, 'less_than', 6, 'yes'],
    ['5', 'less_than', '10', 'yes'],
    [5, 'at_most', 5, 'yes'],
    [5, 'greater_than', 5, 'no'],
    [5, 'at_least', 5, 'yes'],
    [-1.5, 'less_than', '-1', 'yes'],
    ['5 users', 'less_than', 10, 'unknown'],
    ['0x10', 'less_than', 100, 'unknown'],
    ['1e3', 'less_than', 10, 'unknown'],
    ['1,000', 'greater_than', 1, 'unknown'],
    ['007', 'equals', 7, 'unknown'],
    ['abc', 'does_not_equal', 7, 'unknown'],
    [Number.NaN, 'less_than', 10, 'unknown'],
    [Number.POSITIVE_INFINITY, 'greater_than', 10, 'unknown'],
    ['99999999999999999999', 'greater_than', 1, 'unknown'],
    [5, 'less_than', 'ten', 'unknown'],
    [true, 'less_than', 10, 'unknown'],
    [[5], 'less_than', 10, 'unknown'],
  ])('%j %s %j is %s', (value, operator, wanted, expected) => {
    expect(truthOf(value, operator, wanted)).toBe(expected);
  });
});

describe('a rule about dates', () => {
  it.each<[unknown, RuleOperator, Rule['value'], Truth]>([
    ['2026-11-15', 'on', 'today', 'yes'],
    ['2026-11-15T23:59:59Z', 'on', '2026-11-15', 'yes'],
    ['2026-11-15T23:59:59-05:00', 'on', '2026-11-15', 'no'],
    ['2026-11-14', 'before', 'today', 'yes'],
    ['2026-11-15T08:00:00Z', 'before', '2026-11-15', 'no'],
    ['2026-11-15T08:00:00Z', 'after', '2026-11-15', 'no'],
    ['2026-11-16', 'after', '2026-11-15', 'yes'],
    ['2026-11-15', 'before', '2026-11-15T12:00:00Z', 'unknown'],
    ['2026-11-15T08:00:00Z', 'before', '2026-11-15T12:00:00Z', 'yes'],
    ['2026-11-15T08:00:00Z', 'does_not_equal', '2026-11-15', 'no'],
    ['2026-11-14T08:00:00Z', 'does_not_equal', '2026-11-15', 'yes'],
    ['soon', 'does_not_equal', '2026-11-15', 'unknown'],
    ['soon', 'before', '2026-11-15', 'unknown'],
    ['2026-02-30', 'before', '2026-11-15', 'unknown'],
    [1700000000000, 'before', '2026-11-15', 'unknown'],
    ['2026-11-14', 'before', 'soon', 'unknown'],
    ['1970-01-01T00:00:00Z', 'before', '2026-11-15', 'unknown'],
    ['0001-01-01T00:00:00Z', 'before', '2026-11-15', 'unknown'],
    ['1962-07-20', 'before', '2026-11-15', 'yes'],
    ['1970-01-01', 'on', '1970-01-01', 'yes'],
  ])('%j %s %j is %s', (value, operator, wanted, expected) => {
    expect(truthOf(value, operator, wanted)).toBe(expected);
  });

  it.each<[unknown, RuleOperator, Rule['value'], Rule['unit'], Truth]>([
    ['2026-08-01T00:00:00Z', 'more_than_days_ago', 90, undefined, 'yes'],
    ['2026-11-01T00:00:00Z', 'more_than_days_ago', 90, undefined, 'no'],
    ['2026-11-14T12:00:00Z', 'more_than_days_ago', 1, 'days', 'no'],
    ['2026-11-14T11:59:59Z', 'more_than_days_ago', '1', 'days', 'yes'],
    ['2026-11-14', 'more_than_days_ago', 1, undefined, 'no'],
    ['2026-11-13', 'more_than_days_ago', 1, undefined, 'yes'],
    ['2026-11-15T09:00:00Z', 'more_than_days_ago', 2, 'hours', 'yes'],
    ['2026-11-03T00:00:00Z', 'within_last_days', 2, 'weeks', 'yes'],
    ['2026-11-15', 'within_last_days', 7, undefined, 'yes'],
    ['2026-11-16', 'within_last_days', 7, undefined, 'no'],
    ['2026-11-15', 'within_next_days', 7, undefined, 'yes'],
    ['2026-11-22', 'within_next_days', 7, undefined, 'yes'],
    ['2026-11-23', 'within_next_days', 7, undefined, 'no'],
    ['2027-01-01', 'more_than_days_ago', 90, undefined, 'no'],
    ['1970-01-01T00:00:00Z', 'more_than_days_ago', 90, undefined, 'unknown'],
    ['0001-01-01T00:00:00', 'more_than_days_ago', 90, undefined, 'unknown'],
    ['never', 'more_than_days_ago', 90, undefined, 'unknown'],
    ['2026-08-01', 'more_than_days_ago', -1, undefined, 'unknown'],
    ['2026-08-01', 'more_than_days_ago', 'many', undefined, 'unknown'],
  ])('%j %s %j %s is %s', (value, operator, wanted, unit, expected) => {
    expect(truthOf(value, operator, wanted, unit)).toBe(expected);
  });
});

describe('a rule about booleans, lists and emptiness', () => {
  it.each<[unknown, RuleOperator, Rule['value'], Truth]>([
    [true, 'is_true', undefined, 'yes'],
    ['FALSE', 'is_false', undefined, 'yes'],
    ['maybe', 'is_true', undefined, 'unknown'],
    ['maybe', 'is_false', undefined, 'unknown'],
    [1, 'is_true', undefined, 'unknown'],
    [true, 'equals', 'true', 'yes'],
    ['true', 'does_not_equal', false, 'yes'],
    ['maybe', 'does_not_equal', true, 'unknown'],
    [['Admin', 'User'], 'contains', 'admin', 'yes'],
    [['Admin', 'User'], 'contains', 'adm', 'no'],
    [['User'], 'does_not_contain', 'admin', 'yes'],
    [[], 'contains', 'admin', 'no'],
    [[], 'does_not_contain', 'admin', 'yes'],
    [[{ id: 1 }], 'does_not_contain', 'admin', 'unknown'],
    [[{ id: 1 }, 'admin'], 'contains', 'admin', 'yes'],
    [['admin'], 'equals', 'admin', 'unknown'],
    [{ a: 1 }, 'does_not_equal', 'admin', 'unknown'],
    [undefined, 'is_empty', undefined, 'yes'],
    [null, 'is_empty', undefined, 'yes'],
    ['  ', 'is_empty', undefined, 'yes'],
    [[], 'is_empty', undefined, 'yes'],
    [{}, 'is_empty', undefined, 'yes'],
    [0, 'is_empty', undefined, 'no'],
    [false, 'is_not_empty', undefined, 'yes'],
    ['', 'is_not_empty', undefined, 'no'],
  ])('%j %s %j is %s', (value, operator, wanted, expected) => {
    expect(truthOf(value, operator, wanted)).toBe(expected);
  });

  const deciding = ruleOperators.filter((operator) => operator !== 'is_empty' && operator !== 'is_not_empty');

  it.each(deciding)('%s of a missing value is unknown', (operator) => {
    for (const missing of [undefined, null, '', '   ', Number.NaN]) {
      for (const wanted of ['x', '2026-01-01', 5, true])
        expect(truthOf(missing, operator, wanted)).toBe('unknown');
    }
  });

  it.each(deciding.filter(needsValue))('%s without a value to compare with is unknown', (operator) => {
    for (const wanted of [undefined, null, '', ' ']) {
      for (const value of ['x', 5, true, '2026-01-01', ['x'], []]) {
        expect(truthOf(value, operator, wanted)).toBe('unknown');
      }
    }
  });

  it('any value under any operator gives an answer and never throws', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom(...ruleOperators),
        fc.oneof(fc.string(), fc.double()),
        (value, operator, wanted) => {
          expect(['yes', 'no', 'unknown']).toContain(truthOf(value, operator, wanted));
        },
      ),
    );
  });
});

describe('groups', () => {
  const truth = fc.constantFrom<Truth>('yes', 'no', 'unknown');
  const values: Record<Truth, unknown> = { yes: true, no: false, unknown: undefined };
  const ruleFor = (wanted: Truth): Rule => ({ field: wanted, operator: 'is_true' });
  const groupOf = (match: 'all' | 'any', truths: Truth[]) =>
    evaluateCondition({ match, rules: truths.map(ruleFor) }, (field) => values[field as Truth], now);
  const negate = (one: Truth): Truth => ({ yes: 'no', no: 'yes', unknown: 'unknown' })[one] as Truth;

  it('without rules, all is yes and any is no', () => {
    expect(groupOf('all', [])).toBe('yes');
    expect(groupOf('any', [])).toBe('no');
  });

  it('follow the laws of Kleene', () => {
    fc.assert(
      fc.property(fc.array(truth, { maxLength: 6 }), (truths) => {
        const all = groupOf('all', truths);
        const withoutNo: Truth = truths.includes('unknown') ? 'unknown' : 'yes';
        expect(all).toBe(truths.includes('no') ? 'no' : withoutNo);
        expect(groupOf('all', [...truths].reverse())).toBe(all);
        expect(groupOf('all', [...truths, ...truths])).toBe(all);
        expect(groupOf('any', truths.map(negate))).toBe(negate(all));
      }),
    );
  });

  it('a group within a group counts as one rule', () => {
    fc.assert(
      fc.property(truth, truth, truth, (a, b, c) => {
        const nested: ConditionGroup = {
          match: 'any',
          rules: [ruleFor(a), { match: 'all', rules: [ruleFor(b), ruleFor(c)] }],
        };
        const expected = groupOf('any', [a, groupOf('all', [b, c])]);
        expect(evaluateCondition(nested, (field) => values[field as Truth], now)).toBe(expected);
      }),
    );
  });

  it('learning more never turns a proven answer around', () => {
    fc.assert(
      fc.property(
        fc.array(truth, { maxLength: 5 }),
        fc.constantFrom<Truth>('yes', 'no'),
        (truths, learned) => {
          for (const match of ['all', 'any'] as const) {
            const before = groupOf(match, truths);
            const after = groupOf(
              match,
              truths.map((one) => (one === 'unknown' ? learned : one)),
            );
            if (before !== 'unknown') expect(after).toBe(before);
          }
        },
      ),
    );
  });
});

describe('the schema', () => {
  const nest = (depth: number): ConditionGroup =>
    depth === 1 ? { match: 'all', rules: [] } : { match: 'any', rules: [nest(depth - 1)] };

  it('takes eight levels and refuses nine', () => {
    expect(conditionGroupSchema.safeParse(nest(8)).success).toBe(true);
    expect(conditionGroupSchema.safeParse(nest(9)).success).toBe(false);
  });

  it.each([
    { match: 'none', rules: [] },
    { match: 'all' },
    { match: 'all', rules: [{ field: 'a', operator: 'matches_regex', value: '.*' }] },
    { match: 'all', rules: [{ field: 'a', operator: 'equals', value: { $ne: null } }] },
    { match: 'all', rules: [{ field: '', operator: 'is_empty' }] },
    { match: 'all', rules: [{ field: 'a', operator: 'is_empty', code: 'x' }] },
    { match: 'all', rules: Array(101).fill({ field: 'a', operator: 'is_empty' }) },
  ])('refuses %j', (group) => {
    expect(conditionGroupSchema.safeParse(group).success).toBe(false);
  });
});

describe('words', () => {
  it('say the whole condition', () => {
    const labels: Record<string, string> = { status: 'Status', last_activity: 'Last activity', role: 'Role' };
    const group: ConditionGroup = {
      match: 'all',
      rules: [
        { field: 'status', operator: 'equals', value: 'active' },
        { field: 'last_activity', operator: 'more_than_days_ago', value: 90 },
        {
          match: 'any',
          rules: [
            { field: 'role', operator: 'is_empty' },
            { field: 'role', operator: 'does_not_contain', value: '$& admin' },
            { field: 'last_activity', operator: 'within_last_days', value: 1, unit: 'weeks' },
          ],
        },
      ],
    };

    expect(describeCondition(group, (field) => labels[field] ?? field)).toBe(
      'Status is active and Last activity is before 90 days ago and ' +
        '(Role is empty or Role does not contain $& admin or Last activity is within the last 1 week)',
    );
    expect(describeCondition({ match: 'all', rules: [] }, String)).toBe('Always');
    expect(describeCondition({ match: 'any', rules: [] }, String)).toBe('Never');
    expect(describeCondition({ match: 'all', rules: [{ field: 'role', operator: 'equals' }] }, String)).toBe(
      'role is …',
    );
  });

  it.each(fieldTypes)('every %s field has operators with labels, each once', (type) => {
    const found = operatorsFor(type);

    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain('is_empty');
    for (const operator of found) expect(operatorLabels[operator]).toMatch(/^[A-Z]/);
  });
});
