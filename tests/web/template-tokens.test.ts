import fc from 'fast-check';
import { expect, it } from 'vitest';
import { templateFunctions, templateSpaces } from '#contract';
import { templateHelpers } from '#engine/template-helpers';
import { isReservedName, spaces } from '#engine/variables';
import { tokensOf } from '../../web/fields/template-tokens.ts';

const known = new Set(['email', 'first_name']);
const kinds = (template: string) =>
  tokensOf(template, known)
    .filter(({ kind, text }) => kind !== 'mark' && text.trim() !== '')
    .map(({ kind, text }) => `${kind} ${text}`);

it.each([
  ['/people/{{email}}?x=1', ['text /people/', 'name email', 'text ?x=1']],
  ['{{nobody}}', ['unknown nobody']],
  ['{{person.nobody}}', ['name person', 'name nobody']],
  ['{{response.items.[0].id}}', ['name response', 'name items', 'name id']],
  [
    '{{upper first_name}} {{email|default:"none"}}',
    ['function upper', 'name first_name', 'name email', 'function default', 'literal "none"'],
  ],
  ['{{upper (trim first_name)}}', ['function upper', 'function trim', 'name first_name']],
  ['{{#if email}}a{{else}}b{{/if}}', ['word if', 'name email', 'text a', 'word else', 'text b', 'word if']],
  ['{{date}}', ['unknown date']],
  ['<<email>> a << b', ['name email', 'text  a ', 'text << b']],
  ['a {{email', ['text a ', 'broken {{email']],
  ['{{em {{email}}', ['broken {{em ', 'name email']],
  [
    '{{#each response.x}}{{@index}}{{this}}{{/each}}',
    ['word each', 'name response', 'name x', 'word @index', 'name this', 'word each'],
  ],
])('%s is read as %j', (template, expected) => {
  expect(kinds(template)).toEqual(expected);
});

it('no letter is lost or doubled, whatever is typed', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{',
    '}',
    '<<',
    '>>',
    '"',
    "'",
    '[',
    ']',
    'email',
    ' ',
    '|',
    '.',
    '#if',
    '{{{',
    '}}}',
    'é',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const template = pieces.join('');
      const tokens = tokensOf(template, known);
      expect(tokens.map(({ text }) => text).join('')).toBe(template);
      expect(tokens.every(({ at, text }) => template.startsWith(text, at))).toBe(true);
    }),
  );
});

it('the names that the screen knows are those of the engine', () => {
  expect([...templateFunctions]).toEqual(templateHelpers.map(({ name }) => name));
  expect([...spaces].every((name) => (templateSpaces as readonly string[]).includes(name))).toBe(true);
  expect(templateSpaces.every(isReservedName)).toBe(true);
});
