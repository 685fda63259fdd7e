import { describe, expect, test } from 'vitest';
import { isAllowableAddress, isPublicAddress } from '../../server/vendors/address.ts';
import { checkUrl } from '../../server/vendors/egress.ts';
import { allowedUrls, refusedAddresses, refusedUrls } from './address-corpus.ts';

const nothingAllowed = { isAllowed: () => false };

const passes = (url: string): boolean => checkUrl(url, nothingAllowed) instanceof URL;

test.each(Object.entries(refusedUrls))('no URL gets through: %s', (_, urls) => {
  expect(urls.filter(passes)).toEqual([]);
});

test('no name gets through that resolves to such an address', () => {
  expect(refusedAddresses.filter(isPublicAddress)).toEqual([]);
});

test('no ordinary place is refused', () => {
  expect(allowedUrls.filter((url) => !passes(url))).toEqual([]);
});

test('the table holds at least 300 URLs', () => {
  expect(new Set(Object.values(refusedUrls).flat()).size).toBeGreaterThanOrEqual(300);
});

describe('a URL is refused', () => {
  test.each([
    ['with a user name', 'https://ada@acme.test/'],
    ['with an empty user name', 'https://@acme.test/'],
    ['with a user name that looks like a host', 'https://webexapis.com@evil.test/'],
    ['with a backslash', 'https://webexapis.com\\@evil.test/'],
    ['with a fragment', 'https://acme.test/#@evil.test'],
    ['with a line break', 'https://acme.test/\r\nx'],
    ['with a tab', 'https://ac\tme.test/'],
    ['with a space', 'https://acme.test/a b'],
    ['with dot segments', 'https://acme.test/v1/../admin'],
    ['with encoded dot segments', 'https://acme.test/v1/%2e%2E/admin'],
    ['with half-encoded dot segments', 'https://acme.test/v1/.%2e/admin'],
    ['with a single dot segment', 'https://acme.test/v1/./people'],
    ['with a trailing dot segment', 'https://acme.test/v1/..'],
    ['without encryption', 'http://acme.test/'],
    ['of a file', 'file:///etc/passwd'],
    ['of another scheme', 'gopher://acme.test/'],
    ['with one slash', 'https:/acme.test/'],
    ['without a host', 'https:///people'],
    ['that is a path', '/people'],
    ['that is too long', `https://acme.test/${'a'.repeat(9_000)}`],
    ['with a host that ends with a dot', 'https://acme.test./'],
  ])('%s', (_, url) => {
    expect(checkUrl(url, nothingAllowed)).toHaveProperty('reason');
  });
});

test.each([
  'https://webexapis.com/v1/people?max=100&email=ada%40acme.test',
  'https://WebexAPIs.com/v1/people',
  'https://webexapis.com:8443/v1/a.b/..c/d..',
  'https://8.8.8.8/people',
  'https://[2606:4700::1111]/people',
  'https://bücher.example/',
  'https://acme.test/v1?next=../x',
])('an ordinary URL passes: %s', (url) => {
  expect(checkUrl(url, nothingAllowed)).toBeInstanceOf(URL);
});

test('an allowed host may be private and without encryption, on its own port only', () => {
  const rules = { isAllowed: (place: string) => place === '127.0.0.1:4010' };

  expect(checkUrl('http://127.0.0.1:4010/v1/people', rules)).toBeInstanceOf(URL);
  expect(checkUrl('http://127.0.0.1:4011/v1/people', rules)).toHaveProperty('reason');
  expect(checkUrl('http://127.0.0.1/v1/people', rules)).toHaveProperty('reason');
  expect(checkUrl('http://127.1:4010/v1/people', rules)).toHaveProperty('reason');
});

test('cloud machinery is out of reach even when somebody allows it', () => {
  const rules = { isAllowed: () => true };

  for (const host of [
    '169.254.169.254',
    '168.63.129.16',
    '[fd00:ec2::254]',
    '100.100.100.200',
    '[fe80::1]',
  ]) {
    expect(checkUrl(`http://${host}/`, rules)).toHaveProperty('reason');
  }
  expect(isAllowableAddress('::ffff:169.254.169.254')).toBe(false);
});

test('addresses that a name resolves to are public or not', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::200e']) {
    expect(isPublicAddress(address), address).toBe(true);
  }
  for (const address of [
    '127.0.0.1',
    '::1',
    'fe80::1%eth0',
    '::ffff:8.8.8.8',
    '10.1.2.3',
    'not an address',
    '',
  ]) {
    expect(isPublicAddress(address), address).toBe(false);
  }
});
