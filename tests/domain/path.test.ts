import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath, readPath } from '#domain/path';

const answer = {
  items: [
    { id: 'wx-ada', emails: ['ada@acme.test', 'ada@home.test'] },
    { id: 'wx-grace', emails: ['grace@acme.test'] },
    { emails: [] },
  ],
  'x-total': 3,
  'a.b': { c: 1 },
  empty: null,
};

describe('readPath', () => {
  it.each([
    ['items[0].id', 'wx-ada'],
    ['items.[0].id', 'wx-ada'],
    ['items.0.id', 'wx-ada'],
    ['items[1]["id"]', 'wx-grace'],
    ["items[1]['id']", 'wx-grace'],
    ['items.[1].["id"]', 'wx-grace'],
    ['items[*].id', ['wx-ada', 'wx-grace']],
    ['items[*].emails[0]', ['ada@acme.test', 'grace@acme.test']],
    ['items[*].emails[*]', ['ada@acme.test', 'ada@home.test', 'grace@acme.test']],
    ['items[*]', answer.items],
    ['items.length', 3],
    ['x-total', 3],
    ['["a.b"].c', 1],
    ["['x-total']", 3],
    ['empty', null],
    ['empty.more', undefined],
    ['items[9].id', undefined],
    ['missing[*].id', undefined],
    ['x-total[*]', undefined],
    ['items[0].id.length', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['items.constructor.name', undefined],
    ['items.map', undefined],
    ['toString', undefined],
  ])('%s', (path, expected) => {
    expect(readPath(answer, parsePath(path))).toEqual(expected);
  });

  it('reads a key called __proto__ only if the value owns it', () => {
    const owns: unknown = JSON.parse('{"__proto__":{"a":1}}');

    expect(readPath(owns, parsePath('__proto__.a'))).toBe(1);
    expect(readPath({}, parsePath('__proto__.toString'))).toBeUndefined();
  });
});

describe('parsePath', () => {
  it.each([
    ['', 1],
    ['.a', 1],
    ['a.', 3],
    ['a..b', 3],
    ['a[', 2],
    ['a[]', 2],
    ['a[-1]', 2],
    ['a[?(@.b)]', 2],
    ['a["b', 2],
    ['a[""]', 2],
    ['a[0]b', 5],
    ['a b', 2],
    ['$(a)', 2],
    ['{{a}}', 1],
    ['a|b', 2],
    [Array(33).fill('a').join('.'), 64],
  ])('refuses %j and names the position', (path, position) => {
    expect(() => parsePath(path)).toThrow(
      expect.objectContaining({ code: 'invalid', place: `character ${position}` }),
    );
  });

  it('refuses a giant path at once', () => {
    expect(() => parsePath('a['.repeat(100_000))).toThrow(/at most/);
  });

  it('reads 32 segments', () => {
    expect(parsePath(Array(32).fill('a').join('.'))).toHaveLength(32);
  });

  it('reads back what formatPath writes', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !text.includes(']') && !/^\d+$/.test(text));
    const segment = fc.oneof(
      name.map((text) => ({ kind: 'name' as const, name: text })),
      fc.nat(1000).map((index) => ({ kind: 'index' as const, index })),
      fc.constant({ kind: 'every' as const }),
    );
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (path) => {
        const text = formatPath(path);
        expect(formatPath(parsePath(text))).toBe(text);
      }),
    );
  });
});
