import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHeaderValue, encodePathSegment, encodeQueryValue, plain } from '#engine/encode';

const templateError = expect.objectContaining({ code: 'template_error' });

describe('encodePathSegment', () => {
  it.each([
    ['a/b?c', 'a%2Fb%3Fc'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['%2e%2e', '%252e%252e'],
    ['a\\b', 'a%5Cb'],
    ['ada@acme.test', 'ada%40acme.test'],
    ['...', '...'],
    ['é;x=1#y', '%C3%A9%3Bx%3D1%23y'],
  ])('%j becomes %s', (text, expected) => {
    expect(encodePathSegment(text)).toBe(expected);
  });

  it.each(['', '.', '..', '\ud800'])('refuses %j', (text) => {
    expect(() => encodePathSegment(text)).toThrow(templateError);
  });

  it('never lets a value leave its segment', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        fc.pre(text !== '.' && text !== '..');
        const url = new URL(`https://acme.test/v1/people/${encodePathSegment(text)}/roles`);
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(text);
        expect(url.search + url.hash).toBe('');
      }),
    );
  });
});

describe('encodeQueryValue', () => {
  it('never lets a value add another parameter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const url = new URL(`https://acme.test/?a=${encodeQueryValue(text)}&b=1`);
        expect([...url.searchParams.keys()]).toEqual(['a', 'b']);
        expect(url.searchParams.get('a')).toBe(text);
      }),
    );
  });
});

describe('encodeHeaderValue', () => {
  it.each(['Bearer abc', 'é', 'a\tb', ''])('lets %j through', (text) => {
    expect(encodeHeaderValue(text)).toBe(text);
  });

  it.each(['a\r\nSet-Cookie: x', 'a\nb', 'a\rb', 'a\0b', '\u007f', '\u0085', 'Ω', '\u2028', '😀'])(
    'refuses %j',
    (text) => {
      expect(() => encodeHeaderValue(text)).toThrow(templateError);
    },
  );
});

it('plain changes nothing', () => {
  expect(plain('<a href="x">&')).toBe('<a href="x">&');
});
