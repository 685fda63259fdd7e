import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsSecret, maskHeaders, maskSecrets } from '#domain/mask';

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
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in hex in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['in base64 at a third offset', Buffer.from(`a:${secret}!!`).toString('base64')],
  ])('finds a secret %s', (_, text) => {
    const result = maskSecrets(text, [secret]);

    expect(result).toContain('•••');
    expect(result).not.toContain('w0rd');
    expect(Buffer.from(result.replaceAll('•', ''), 'base64').toString()).not.toContain('w0rd');
  });

  const key = 'planted/7+canary"w0rd';
  const units = (write: (code: number) => string) =>
    key
      .split('')
      .map((character) => write(character.charCodeAt(0)))
      .join('');
  const unicode = units((code) => `\\u${code.toString(16).padStart(4, '0')}`);

  it.each([
    ['each character as JSON may write it', unicode],
    ['the same in capitals', unicode.replaceAll(/[a-f]/g, (digit) => digit.toUpperCase())],
    ['slashes only, as PHP writes them', JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/')],
    ['a single character', `\\u0070${JSON.stringify(key.slice(1)).slice(1, -1)}`],
    ['JSON inside of JSON', JSON.stringify(unicode).slice(1, -1)],
    ['JSON inside of JSON inside of JSON', JSON.stringify(JSON.stringify(unicode)).slice(3, -3)],
    ['every character percent-encoded', units((code) => `%${code.toString(16)}`)],
    ['as HTML', units((code) => `&#${code};`)],
    ['as HTML in hex', units((code) => `&#x${code.toString(16)};`)],
    ['as JavaScript', units((code) => `\\x${code.toString(16)}`)],
    [
      'base64 with escaped slashes',
      Buffer.from(`??>>${key}`).toString('base64').replaceAll('/', '\\/').replaceAll('+', '\\u002b'),
    ],
  ])('finds a secret in escapes: %s', (_, text) => {
    const body = `{"said":"before ${text} after","id":1}`;

    expect(holdsSecret(body, [key])).toBe(true);
    expect(maskSecrets(body, [key])).toMatch(/^\{"said":"before \S*•••\S* after","id":1\}$/);
    expect(holdsSecret(maskSecrets(body, [key]), [key])).toBe(false);
    expect(maskSecrets({ said: [text] }, [key]).said[0]).toContain('•••');
  });

  it('leaves escapes alone that hold no secret', () => {
    const body = '{"name":"Zo\\u00eb","photo":"https:\\/\\/acme.test\\/a%20b","note":"&#39;"}';

    expect(holdsSecret(body, [key])).toBe(false);
    expect(maskSecrets(body, [key])).toBe(body);
  });

  it('takes no longer for a body of backslashes', () => {
    const body = '\\'.repeat(2_000_000);
    const startedAt = performance.now();

    expect(holdsSecret(`${body}u0070${unicode}`, [key])).toBe(true);
    maskSecrets(`${body}u0070${unicode}`, [key]);

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('leaves JSON that says the same otherwise, however a secret in it is escaped', () => {
    const spelling = fc.constantFrom('plain', 'unicode', 'short');
    fc.assert(
      fc.property(fc.array(spelling, { minLength: key.length, maxLength: key.length }), (spellings) => {
        const text = key
          .split('')
          .map((character, i) => {
            if (spellings[i] === 'unicode')
              return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
            return spellings[i] === 'short' && character === '/'
              ? '\\/'
              : JSON.stringify(character).slice(1, -1);
          })
          .join('');
        const body = maskSecrets(`{"a":"x${text}y","b":[1]}`, [key]);

        expect(JSON.parse(body)).toEqual({ a: 'x•••y', b: [1] });
      }),
    );
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
