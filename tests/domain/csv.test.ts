import { expect, test } from 'vitest';
import { toCsvLine } from '#domain/csv';

test('values are quoted, with their quotes and line breaks', () => {
  expect(toCsvLine([1, 'Ada "the first", Lovelace', 'two\nlines', ''])).toBe(
    '"1","Ada ""the first"", Lovelace","two\nlines",""\r\n',
  );
});

test.each(['=HYPERLINK("http://a.test")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1'])(
  'a spreadsheet does not run %j',
  (text) => {
    expect(toCsvLine([text]).startsWith(`"'`)).toBe(true);
  },
);

test('numbers are not formulas', () => {
  expect(toCsvLine([-1])).toBe('"-1"\r\n');
});
