/** Addresses that are not one machine on the internet: the first and last of each range, and well-known ones. */
const specialV4: Record<string, readonly string[]> = {
  'this network (0.0.0.0/8)': ['0.0.0.0', '0.0.0.1', '0.255.255.255'],
  'private (10.0.0.0/8)': ['10.0.0.0', '10.0.0.1', '10.255.255.255'],
  'carriers (100.64.0.0/10)': ['100.64.0.0', '100.100.100.200', '100.127.255.255'],
  'this machine (127.0.0.0/8)': ['127.0.0.0', '127.0.0.1', '127.0.0.53', '127.255.255.255'],
  'link and cloud metadata (169.254.0.0/16)': ['169.254.0.1', '169.254.169.254', '169.254.170.2'],
  'private (172.16.0.0/12)': ['172.16.0.0', '172.17.0.1', '172.31.255.255'],
  'protocols (192.0.0.0/24)': ['192.0.0.1', '192.0.0.170', '192.0.0.192'],
  'documentation (192.0.2.0/24)': ['192.0.2.0', '192.0.2.255'],
  'name service (192.31.196.0/24, 192.52.193.0/24, 192.175.48.0/24)': [
    ...['192.31.196.1', '192.52.193.1', '192.175.48.1'],
  ],
  'old 6to4 (192.88.99.0/24)': ['192.88.99.1', '192.88.99.255'],
  'private (192.168.0.0/16)': ['192.168.0.0', '192.168.1.1', '192.168.255.255'],
  'benchmarks (198.18.0.0/15)': ['198.18.0.0', '198.19.255.255'],
  'documentation (198.51.100.0/24, 203.0.113.0/24)': ['198.51.100.1', '203.0.113.255'],
  'cloud agent': ['168.63.129.16'],
  'many at once (224.0.0.0/4)': ['224.0.0.1', '239.255.255.250'],
  'kept back (240.0.0.0/4)': ['240.0.0.1', '255.255.255.254', '255.255.255.255'],
};

/** Every way in which some program reads the same four bytes. The last is how a URL should write them. */
function spellingsOf(address: string): string[] {
  const bytes = address.split('.').map(Number) as [number, number, number, number];
  const [a, b, c, d] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const octal = (byte: number): string => `0${byte.toString(8)}`;
  const hex = (byte: number): string => `0x${byte.toString(16)}`;
  return [
    String(whole),
    hex(whole),
    octal(whole),
    bytes.map(octal).join('.'),
    bytes.map(hex).join('.'),
    `${hex(a)}.${octal(b)}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${address}.`,
    address,
  ];
}

/** IPv6 addresses that lead to an IPv4 one. */
function carriersOf(address: string): string[] {
  const bytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  const [high, low] = [`${bytes[0]}${bytes[1]}`, `${bytes[2]}${bytes[3]}`];
  const flipped = [high, low].map((part) => (0xffff - Number.parseInt(part, 16)).toString(16)).join(':');
  return [
    `::ffff:${address}`,
    `::ffff:${high}:${low}`,
    `0:0:0:0:0:ffff:${high}:${low}`,
    `::${address}`,
    `::ffff:0:${address}`,
    `64:ff9b::${address}`,
    `64:ff9b:1::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `2001:0:4136:e378:8000:63bf:${flipped}`,
    `fe80::5efe:${address}`,
  ];
}

const specialV6: Record<string, readonly string[]> = {
  'nobody and this machine': ['::', '::1', '0:0:0:0:0:0:0:1', '0000::0001', '::0:1'],
  'link (fe80::/10)': ['fe80::1', 'fe80::a9fe:a9fe', 'febf::1'],
  'site, given up (fec0::/10)': ['fec0::1', 'feff::1'],
  'private (fc00::/7)': ['fc00::1', 'fd00::1', 'fdff:ffff::1', 'fd00:ec2::254', 'fd20:ce::254'],
  'many at once (ff00::/8)': ['ff00::1', 'ff02::1', 'ff02::fb', 'ff05::2'],
  'nowhere (100::/64)': ['100::', '100::1'],
  documentation: ['2001:db8::1', '2001:db8:ffff::1', '3fff::1', '3fff:fff::1'],
  'protocols (2001::/23)': ['2001::1', '2001:2::1', '2001:10::1', '2001:20::1', '2001:1ff::1'],
  'name service': ['2620:4f:8000::1'],
  'outside the internet': ['4000::1', '8000::1', '1000::1', '5f00::1', 'e000::1'],
  'written at length, though public': ['2606:4700:0:0:0:0:0:1111', '2606:4700::0:1111', '2606:4700::001'],
};

const names = {
  'of this machine': [
    ...['localhost', 'LOCALHOST', 'app.localhost', 'localhost.localdomain', 'localhost.', 'ip6-localhost'],
    ...[
      'ip6-loopback',
      'loopback',
      'broadcasthost',
      'kubernetes',
      'host.docker.internal',
      'gateway.docker.internal',
    ],
  ],
  'of a private network': [
    ...[
      'intranet',
      'db',
      'printer.local',
      'nas.lan',
      'wiki.corp',
      'router.home',
      'mail.intranet',
      'a.private',
    ],
    ...['vault.service.internal', 'nas.home.arpa', '1.0.0.127.in-addr.arpa', 'hidden.onion'],
  ],
  'of cloud machinery': [
    ...['metadata', 'metadata.google.internal', 'instance-data', 'instance-data.ec2.internal'],
    ...['metadata.google.internal.', 'METADATA.google.internal', 'kubernetes.default.svc.cluster.local'],
  ],
} as const;

/** Digits, dots and letters that a host is read as after all. */
const disguises = [
  ...[
    '①②⑦.⓪.⓪.①',
    '１２７.０.０.１',
    '127。0。0。1',
    '127．0．0．1',
    '127｡0｡0｡1',
    '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
    '𝟣𝟨𝟫.𝟤𝟧𝟦.𝟣𝟨𝟫.𝟤𝟧𝟦',
    '²130706433',
  ],
  ...[
    '⓪x7f000001',
    '0ｘ7f.1',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'ｌｏｃａｌｈｏｓｔ',
    'loc\u00adalhost',
    'local\u200bhost',
    'ˡocalhost',
  ],
  ...['%31%32%37.0.0.1', '127%2e0.0.1', '%6c%6f%63%61%6c%68%6f%73%74', '127.0.0.1%2f', '0%78' + '7f.1'],
  ...['127.0.0.1%00', '127.0.0.1%20', '[::1%25lo]', '[::%31]', '[fe80::1%25eth0]', '[::ffff:127.0.0.1%25]'],
  ...['127.0.0.256', '1.2.3.4.5', '0x', '08.8.8.8', '8.8.8.08', '256.1', '4294967296', '1.2.3.0x1000000'],
];

const wholeUrls = {
  'with a user name': [
    ...[
      'https://ada@acme.test/',
      'https://ada:secret@acme.test/',
      'https://@acme.test/',
      'https://:@acme.test/',
    ],
    ...['https://webexapis.com@127.0.0.1/', 'https://webexapis.com%40evil.test/', 'https://a@b@acme.test/'],
    ...[
      'https://webexapis.com:443@evil.test/',
      'https://127.0.0.1@webexapis.com/',
      'https://%61da@acme.test/',
    ],
  ],
  'with a fragment': [
    ...[
      'https://acme.test/#x',
      'https://acme.test#@127.0.0.1/',
      'https://acme.test/?a=1#b',
      'https://acme.test/#',
    ],
    ...['https://127.0.0.1#@webexapis.com/', 'https://acme.test/users#/../admin'],
  ],
  'with a backslash or white space': [
    ...[
      'https://webexapis.com\\@127.0.0.1/',
      'https:\\\\127.0.0.1/',
      'https:/\\127.0.0.1/',
      'https://acme.test\\x',
    ],
    ...[
      'https://acme.test/\r\nHost:x',
      'https://ac\tme.test/',
      'https://acme.test/a b',
      ' https://acme.test/',
    ],
    ...[
      'https://acme.test/\u0000',
      'https://127.0.0.1\n.acme.test/',
      'https://acme.test/ ',
      'https://ac\u007fme.test/',
    ],
  ],
  'with a port of something else': [
    ...['https://acme.test:22/', 'https://acme.test:25/', 'https://acme.test:53/', 'https://acme.test:80/'],
    ...['https://acme.test:110/', 'https://acme.test:389/', 'https://acme.test:445/', 'https://acme.test:0/'],
    ...[
      'https://8.8.8.8:23/',
      'https://acme.test:65536/',
      'https://acme.test:-1/',
      'https://acme.test:4 43/',
    ],
  ],
  'of another scheme, or none': [
    ...[
      'http://acme.test/',
      'HTTP://acme.test/',
      'ftp://acme.test/',
      'file:///etc/passwd',
      'gopher://acme.test/',
    ],
    ...[
      'data:text/plain,x',
      'javascript:alert(1)',
      'ws://acme.test/',
      'blob:https://acme.test/x',
      'dict://acme.test/',
    ],
    ...[
      '//acme.test/',
      '/users',
      'acme.test',
      'https:acme.test',
      'https:/acme.test/',
      'https:///users',
      'https://',
    ],
    ...['view-source:https://acme.test/', 'unix:/run/docker.sock', 'https://?x', 'https:///127.0.0.1/', ''],
  ],
} as const;

const toUrl = (host: string): string => `https://${host}/`;
const toUrlV6 = (address: string): string => `https://[${address}]/`;
const carried = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '192.168.1.1', '8.8.8.8'];

/** URLs that must not be sent to, by what is wrong with them. */
export const refusedUrls: Record<string, readonly string[]> = {
  ...map(specialV4, (addresses) => addresses.flatMap(spellingsOf).map(toUrl)),
  'spelled unusually, though public': spellingsOf('8.8.8.8').slice(0, -1).map(toUrl),
  ...map(specialV6, (addresses) => addresses.map(toUrlV6)),
  'IPv4 within IPv6': carried.flatMap(carriersOf).map(toUrlV6),
  ...map(names, (hosts) => hosts.map(toUrl)),
  disguised: disguises.map(toUrl),
  ...wholeUrls,
};

/** Addresses that a name must not resolve to, as a resolver writes them. */
export const refusedAddresses: readonly string[] = [
  ...Object.values(specialV4).flat(),
  ...Object.values(specialV6).slice(0, -1).flat(),
  ...carried.flatMap(carriersOf),
];

/** Ordinary places, most of them right beside a range that is refused. */
export const allowedUrls = [
  ...[
    '1.0.0.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
  ],
  ...[
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.0.3.0',
    '192.167.255.255',
  ],
  ...[
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '203.0.112.255',
    '203.0.114.0',
    '223.255.255.255',
    '8.8.8.8',
  ],
  ...[
    '[2606:4700::1111]',
    '[2a00:1450:4001::200e]',
    '[2001:200::1]',
    '[2001:4860:4860::8888]',
    '[2620:4f:8001::1]',
  ],
  ...[
    'webexapis.com',
    'WebexAPIs.com',
    'api.zoom.us',
    'acme.rmmservice.com',
    'bücher.example',
    'xn--bcher-kva.example',
  ],
  ...[
    'localhost.acme.test',
    'internal.acme.test',
    '10.acme.test',
    'a-b.c_d.test',
    'acme.test:8443',
    'acme.test:443',
  ],
].map(toUrl);

function map<T, R>(groups: Record<string, T>, change: (group: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, change(group)]));
}
