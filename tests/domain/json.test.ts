import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#domain/json';

describe('parseJson', () => {
  it.each([
    ['{"id":12345678901234567890}', { id: '12345678901234567890' }],
    ['[-9007199254740993]', ['-9007199254740993']],
    ['9007199254740991', 9007199254740991],
    ['1234567890123456', 1234567890123456],
    ['1234567890123456.5', 1234567890123456.5],
    ['{"a":0.1234567890123456}', { a: 0.1234567890123456 }],
    ['{"a":"12345678901234567890"}', { a: '12345678901234567890' }],
    ['{"a":[1,2.5,true,null,"x"]}', { a: [1, 2.5, true, null, 'x'] }],
    ['"[[[["', '[[[['],
    ['"a\\"[{"', 'a"[{'],
  ])('%s keeps every digit', (text, expected) => {
    expect(parseJson(text)).toStrictEqual(expected);
  });

  it.each([
    '{"__proto__":{"isOwner":true},"a":1}',
    '{"\\u005f_proto__":{"isOwner":true},"a":1}',
    '{"__\\u0070roto__":{"isOwner":true},"a":1}',
    '{"__pr\\u006Fto__":{"isOwner":true},"a":1}',
    '{"__proto__":{"isOwner":true},"a":1,"__proto__":null}',
  ])('%s loses its prototype key', (text) => {
    const value = parseJson(text) as Record<string, unknown>;

    expect(Object.keys(value)).toEqual(['a']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).isOwner).toBeUndefined();
  });

  it('a key called constructor is plain data', () => {
    expect(parseJson('{"constructor":{"prototype":1}}')).toEqual({ constructor: { prototype: 1 } });
  });

  it('64 levels are read and 65 are refused', () => {
    expect(parseJson(`${'['.repeat(64)}${']'.repeat(64)}`)).toBeDefined();
    expect(() => parseJson(`${'['.repeat(65)}${']'.repeat(65)}`)).toThrow(/deeper than 64/);
    expect(() => parseJson('{"a":'.repeat(1_000_000))).toThrow(/deeper than 64/);
  });

  it('a million values are read, and more are refused before they take memory', () => {
    const list = (count: number) => `[${'0,'.repeat(count - 2)}0]`;
    expect(parseJson(list(1_000_000))).toHaveLength(999_999);
    expect(() => parseJson(list(1_000_001))).toThrow(/more than 1,000,000 values/);
    expect(() => parseJson(`[${'{},'.repeat(600_000)}{}]`)).toThrow(/more than 1,000,000 values/);
    expect(parseJson(`"${',['.repeat(1_000_000)}"`)).toHaveLength(2_000_000);
  });

  it('every string ends at its own quote', () => {
    const tricky = fc.string({ unit: fc.constantFrom('"', '\\', '[', '{', ',', 'a'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(tricky), fc.dictionary(tricky, tricky), (list, record) => {
        const value = { deep: `${'['.repeat(65)}`, list, record: { ...record } };
        expect(parseJson(JSON.stringify(value))).toEqual(value);
      }),
    );
  });

  it.each(['', '{', '{"a":}', "{'a':1}", 'undefined', '"open', '[1,]'])(
    '%j is refused as invalid',
    (text) => {
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('__proto__') || /\d{16}/.test(text)) return;
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('keeps the digits of any integer', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 40n), 10n ** 40n), (integer) => {
        expect(String((parseJson(`{"a":${integer}}`) as { a: unknown }).a)).toBe(String(integer));
      }),
    );
  });
});
