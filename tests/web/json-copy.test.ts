import { expect, test } from 'vitest';
import { copyTexts } from '../../web/pages/run/json-copy.ts';

test('a value of a response is copied as itself, and its path as a template', () => {
  expect(copyTexts(['items', 0, 'emails'], 'ada@acme.test', 'response')).toEqual({
    path: '{{response.items.[0].emails}}',
    value: 'ada@acme.test',
    shown: 'ada@acme.test',
  });
  expect(copyTexts(['a "b"'], 3, 'response').path).toBe('{{response["a \\"b\\""]}}');
});

test('what is no variable has no braces, and what is long is cut where it is shown only', () => {
  const { path, value, shown } = copyTexts([], { name: 'x'.repeat(500) }, 'account');

  expect(path).toBe('account');
  expect(JSON.parse(value)).toEqual({ name: 'x'.repeat(500) });
  expect(shown).toHaveLength(121);
});
