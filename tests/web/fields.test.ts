import { describe, expect, test } from 'vitest';
import {
  newRule,
  toCondition,
  withField,
  withOperator,
  withRule,
} from '../../web/fields/condition-changes.ts';
import { findSettingError } from '../../web/fields/form-world.ts';
import { findVariables, insertVariable, openNameAt } from '../../web/fields/template-caret.ts';

describe('a template input', () => {
  test('knows the name that is being typed at the caret', () => {
    expect(openNameAt('/people/{{web', 13)).toEqual({ start: 8, search: 'web' });
    expect(openNameAt('/people/{{id}} ', 15)).toBeNull();
    expect(openNameAt('plain', 5)).toBeNull();
  });

  test('puts the picked variable in place of what was typed', () => {
    expect(insertVariable('/people/{{web/x', 13, 'webex_user_id')).toEqual({
      text: '/people/{{webex_user_id}}/x',
      caret: 25,
    });
    expect(insertVariable('{{we}}', 4, 'webex_user_id').text).toBe('{{webex_user_id}}');
    expect(insertVariable('ab', 1, 'email')).toEqual({ text: 'a{{email}}b', caret: 10 });
  });

  test('lists names that begin with the search first', () => {
    const all = [
      { name: 'person.email', label: 'Email' },
      { name: 'email', label: 'Email' },
    ];

    expect(findVariables(all, 'ema').map((one) => one.name)).toEqual(['email', 'person.email']);
  });
});

describe('a rule', () => {
  test('starts with an operator that suits its field', () => {
    expect(newRule('is_deactivated', 'boolean')).toEqual({ field: 'is_deactivated', operator: 'is_true' });
    expect(newRule('email', 'email')).toEqual({ field: 'email', operator: 'equals', value: '' });
  });

  test('gets a number of days when its operator asks for one, and loses it again', () => {
    const rule = withOperator({ field: 'last_activity', operator: 'is_empty' }, 'more_than_days_ago');

    expect(rule).toEqual({ field: 'last_activity', operator: 'more_than_days_ago', value: 90, unit: 'days' });
    expect(withOperator(rule, 'is_empty')).toEqual({ field: 'last_activity', operator: 'is_empty' });
  });

  test('keeps its operator for another field where it suits', () => {
    const rule = { field: 'email', operator: 'contains', value: '@acme.test' } as const;

    expect(withField(rule, 'role', 'choice')).toEqual({ ...rule, field: 'role' });
    expect(withField(rule, 'is_deactivated', 'boolean').operator).toBe('is_true');
  });

  test('leaves its group', () => {
    const group = toCondition({ match: 'any', rules: [{ field: 'a', operator: 'is_empty' }] });

    expect(withRule(group, 0, null)).toEqual({ match: 'any', rules: [] });
    expect(toCondition('nonsense')).toEqual({ match: 'all', rules: [] });
  });
});

test('an issue about a part of a setting is shown at the setting', () => {
  const issue = {
    severity: 'error',
    block: 'x',
    setting: 'response.success[0]',
    message: 'Choose a field.',
  } as const;

  expect(findSettingError([issue], 'response')).toBe('Choose a field.');
  expect(findSettingError([issue], 'response.success[0]')).toBe('Choose a field.');
  expect(findSettingError([issue], 'respons')).toBeUndefined();
});
