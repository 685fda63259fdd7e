import { describe, expect, test } from 'vitest';
import { setVariable } from '#blocks/set-variable';
import { messages, prepare } from '../support/decide.ts';

describe('Set Variable', () => {
  test('keeps the type of a value that is one variable, and lets rows build on rows above', () => {
    const prepared = prepare(setVariable, {
      variables: [
        { name: 'groups', value: '{{response_groups}}' },
        { name: 'first', value: '{{groups.[0]}}' },
        { name: 'greeting', value: 'Hello {{first}}' },
      ],
    });

    expect(prepared.defines).toEqual(['groups', 'first', 'greeting']);
    expect(prepared.decide({ response_groups: ['a', 'b'] })).toMatchObject({
      exit: 'next',
      variables: { groups: ['a', 'b'], first: 'a', greeting: 'Hello a' },
    });
  });

  test('sets what has no value to nothing, and says so', () => {
    const prepared = prepare(setVariable, { variables: [{ name: 'manager', value: '{{missing}}' }] });

    expect(prepared.decide()).toMatchObject({
      variables: { manager: null },
      note: 'Without a value: manager.',
    });
  });

  test('refuses a value that every later step would carry along', () => {
    const prepared = prepare(setVariable, { variables: [{ name: 'all', value: '{{big}}' }] });

    expect(() => prepared.decide({ big: 'x'.repeat(70_000) })).toThrow('The value of "all" is over 64 KB.');
  });

  test.each([
    ['', 'Give every variable a name.'],
    ['Big Name', "A variable's name has small letters"],
    ['steps', 'The name "steps" has a meaning of its own.'],
    ['email', '"email" is a field.'],
  ])('refuses the name %j', (name, sentence) => {
    expect(messages(prepare(setVariable, { variables: [{ name, value: 'x' }] }))[0]).toContain(sentence);
  });
});
