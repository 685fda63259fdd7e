import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeQueryValue } from '#engine/encode';
import { parseTemplate, renderText } from '#engine/template';
import { toFormBody, toFormRows } from '../../web/blocks/api/form-rows.ts';

it.each([
  ['', []],
  [
    'a=1&b={{email}}',
    [
      { key: 'a', value: '1' },
      { key: 'b', value: '{{email}}' },
    ],
  ],
  [
    'a={{default x "y&z=1"}}&b',
    [
      { key: 'a', value: '{{default x "y&z=1"}}' },
      { key: 'b', value: '' },
    ],
  ],
  ['a%20b=c%26d', [{ key: 'a b', value: 'c&d' }]],
  ['a=b=c', [{ key: 'a', value: 'b=c' }]],
  ['a=%zz', [{ key: 'a', value: '%zz' }]],
])('%s is shown as %j', (body, rows) => {
  expect(toFormRows(body)).toEqual(rows);
});

it('what is typed into rows arrives as it was typed, whatever it is', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[{}<>\\]/.test(one));
  fc.assert(
    fc.property(
      fc.array(fc.record({ key: text, value: text }), { minLength: 1, maxLength: 5 }),
      text,
      (rows, v) => {
        const all = [...rows, { key: 'own', value: 'x {{v}} y' }];
        const body = toFormBody(all);
        expect(toFormRows(body)).toEqual(all);

        const sent = renderText(parseTemplate(body), { v }, { encode: encodeQueryValue, strict: false });
        expect([...new URLSearchParams(sent)]).toEqual([
          ...rows.map(({ key, value }) => [key, value]),
          ['own', `x ${v} y`],
        ]);
      },
    ),
  );
});
