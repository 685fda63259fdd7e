import { afterAll, describe, expect, it } from 'vitest';
import { plain } from '#engine/encode';
import { parseTemplate, renderText, renderValue } from '#engine/template';
import { templateCorpus } from '../support/template-corpus.ts';

const lenient = { encode: plain, strict: false };

describe.each([...Map.groupBy(templateCorpus, (one) => one.kind)])(
  'a template or value that %s',
  (_, cases) => {
    it.each(cases.map((one) => [one.name.slice(0, 80), one] as const))('%s', (_name, one) => {
      expect(one.broken()).toBeNull();
    });
  },
);

it('has at least 300 attacks, each another', () => {
  const names = new Set(templateCorpus.map(({ kind, name }) => `${kind} ${name}`));

  expect(names.size).toBe(templateCorpus.length);
  expect(names.size).toBeGreaterThanOrEqual(300);
});

afterAll(() => {
  const pristine: Record<string, unknown> = {};
  expect(pristine.polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('a refusal names line and column', () => {
  expect(() => parseTemplate('first line\n  {{> partial}}')).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/line 2, column 3: .+\.$/),
      place: 'line 2, column 3',
    }),
  );
});

it('a value that does not fit its place names the variable', () => {
  expect(() =>
    renderText(
      parseTemplate('a {{id}}'),
      { id: 'x' },
      {
        ...lenient,
        encode: () => {
          throw new Error('no');
        },
      },
    ),
  ).toThrow(/"id" cannot be inserted/);
});

it('only own properties of the variables themselves are seen', () => {
  const inherited = Object.create({ secret: 'inherited' }) as Record<string, unknown>;

  expect(renderText(parseTemplate('[{{secret}}]'), inherited, lenient)).toBe('[]');
});

it('a record with an own prototype key pollutes nothing', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true}}');

  expect(renderText(parseTemplate('{{v}}'), { v: hostile }, lenient)).toBe('{"__proto__":{"polluted":true}}');
  expect(renderValue(parseTemplate('{{v}}'), { v: hostile })).toBe(hostile);
});
