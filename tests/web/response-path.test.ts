import { expect, it } from 'vitest';
import { parseTemplate, renderValue } from '#engine/template';
import { nameOfPath, responseTemplate } from '../../web/blocks/test/response-path.ts';

const response = { items: [{ id: 'a', 'x-y': 1, 'odd "name" \\ here': 2, '0': 'zero', 'a.b': 3, 'ß c': 4 }] };

it.each([
  [[], '{{response}}'],
  [['items', 0, 'id'], '{{response.items.[0].id}}'],
  [['items', 0, 'x-y'], '{{response.items.[0].x-y}}'],
  [['items', 0, 'a.b'], '{{response.items.[0]["a.b"]}}'],
  [['items', 0, 'ß c'], '{{response.items.[0]["ß c"]}}'],
  [['items', 0, '0'], '{{response.items.[0]["0"]}}'],
])('the value at %j is written as %s and read back', (path, written) => {
  expect(responseTemplate(path)).toBe(written);

  let wanted: unknown = response;
  for (const part of path) wanted = (wanted as Record<string, unknown>)[part];
  expect(renderValue(parseTemplate(responseTemplate(path)), { response })).toEqual(wanted);
});

it('a name is proposed from where the value stands', () => {
  expect(nameOfPath(['items', 0, 'id'])).toBe('items id');
  expect(nameOfPath([])).toBe('');
});
