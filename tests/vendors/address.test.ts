import { describe, expect, test } from 'vitest';
import { isAllowableAddress, isPublicAddress } from '../../server/vendors/address.ts';
import { checkUrl } from '../../server/vendors/egress.ts';

const nothingAllowed = { isAllowed: () => false };

describe('a URL is refused when its host', () => {
  test.each([
    // This machine.
    'https://127.0.0.1/',
    'https://127.1/',
    'https://127.0.1/',
    'https://127.255.255.254/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://0/',
    'https://0.0.0.0/',
    'https://127.0.0.1./',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[0:0:0:0:0:ffff:127.0.0.1]/',
    'https://①②⑦.⓪.⓪.①/',
    'https://127。0。0。1/',
    'https://%31%32%37.0.0.1/',
    'https://127%2e0.0.1/',
    // Private networks.
    'https://10.0.0.1/',
    'https://10.255.255.255/',
    'https://172.16.0.1/',
    'https://172.31.255.254/',
    'https://192.168.0.1/',
    'https://0300.0250.0.1/',
    'https://0xc0a80001/',
    'https://3232235521/',
    'https://100.64.0.1/',
    'https://100.127.255.254/',
    'https://[fc00::1]/',
    'https://[fd00::1]/',
    'https://[fec0::1]/',
    // Cloud machinery.
    'https://169.254.169.254/latest/meta-data',
    'https://0xa9fea9fe/',
    'https://2852039166/',
    'https://0251.0376.0251.0376/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://168.63.129.16/',
    'https://100.100.100.200/',
    'https://192.0.0.192/',
    // IPv4 within IPv6.
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[2002:7f00:1::]/',
    'https://[2002:c0a8:1::1]/',
    'https://[2001:0:7f00:1::]/',
    'https://[::ffff:0:127.0.0.1]/',
    // Neither one machine nor the internet.
    'https://224.0.0.1/',
    'https://239.255.255.250/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://192.0.2.1/',
    'https://198.51.100.1/',
    'https://203.0.113.1/',
    'https://198.18.0.1/',
    'https://192.88.99.1/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    'https://[3fff::1]/',
    'https://[100::1]/',
    // Spelled unusually, though public.
    'https://134744072/',
    'https://8.8.2056/',
    'https://0x08080808/',
    'https://[2606:4700:0000:0000:0000:0000:0000:1111]/',
    'https://8.8.8.8./',
  ])('is written %s', (url) => {
    expect(checkUrl(url, nothingAllowed)).toHaveProperty('reason');
  });
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
