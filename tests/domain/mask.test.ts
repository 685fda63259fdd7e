import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskHeaders, maskSecrets } from '#domain/mask';

const secret = 'p@ss/w0rd "É" +1';

describe('maskSecrets', () => {
  it.each([
    ['as it is', `before ${secret} after`],
    ['percent-encoded', `https://acme.test/?key=${encodeURIComponent(secret)}&x=1`],
    ['percent-encoded in small letters', encodeURIComponent(secret).toLowerCase().replace('é', 'é')],
    ['form-encoded', new URLSearchParams({ key: secret }).toString()],
    ['as JSON text', JSON.stringify({ key: secret })],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['in a basic credential', Buffer.from(`ada:${secret}`).toString('base64')],
    ['in base64 at another offset', Buffer.from(`ad:${secret}!`).toString('base64')],
    ['in base64 at a third offset', Buffer.from(`a:${secret}!!`).toString('base64')],
  ])('finds a secret %s', (_, text) => {
    const result = maskSecrets(text, [secret]);

    expect(result).toContain('•••');
    expect(result).not.toContain('w0rd');
    expect(Buffer.from(result.replaceAll('•', ''), 'base64').toString()).not.toContain('w0rd');
  });

  it('goes through lists, records and keys and leaves the original alone', () => {
    const original = { a: ['token-123456', { 'token-123456': 'x token-123456' }], n: 7, none: null };

    expect(maskSecrets(original, ['token-123456'])).toEqual({
      a: ['•••', { '•••': 'x •••' }],
      n: 7,
      none: null,
    });
    expect(original.a[0]).toBe('token-123456');
  });

  it('masks a number that is a secret', () => {
    expect(maskSecrets({ pin: 123456, other: 12345 }, ['123456'])).toEqual({ pin: '•••', other: 12345 });
  });

  it('leaves short secrets and ordinary text alone', () => {
    expect(maskSecrets('abc abc', ['abc', ''])).toBe('abc abc');
  });

  it('masks the longer of two secrets that overlap', () => {
    expect(maskSecrets('secret-longer', ['secret', 'secret-longer'])).toBe('•••');
  });

  it('never leaves a secret in any structure', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: 'binary' }),
        fc.string(),
        fc.string(),
        (hidden, before, after) => {
          const result = maskSecrets({ deep: [before + hidden + after] }, [hidden]);
          expect(result.deep[0]?.includes(hidden)).toBe(hidden === '•••');
        },
      ),
    );
  });
});

describe('maskHeaders', () => {
  it('masks what carries a credential, whatever its case', () => {
    const headers = {
      Authorization: 'Bearer abc',
      'X-API-Key': 'abc',
      'set-cookie': ['a=b', 'c=d'],
      'Content-Type': 'application/json',
      'X-Request-Id': '1',
      absent: undefined,
    };

    expect(maskHeaders(headers)).toEqual({
      Authorization: '•••',
      'X-API-Key': '•••',
      'set-cookie': '•••',
      'Content-Type': 'application/json',
      'X-Request-Id': '1',
      absent: undefined,
    });
  });
});
