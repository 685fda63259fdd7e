import { describe, expect, test } from 'vitest';
import type { Vendor } from '#domain/vendor';
import { readPages, type VendorPage } from '#engine/vendor-pages';
import { vendors } from '#presets';
import { fetchClient } from '../support/fetch-client.ts';
import { createTestClock } from '../support/test-clock.ts';
import { startVendorServer } from '../support/vendor-server.ts';

type Load = Vendor['load'];
type List = Parameters<typeof readPages>[1];

const byToken: Load['pagination'] = {
  kind: 'body-token',
  sizeParam: 'page_size',
  size: 2,
  tokenParam: 'next_page_token',
  token: 'next_page_token',
};
const byWindow: Load['pagination'] = {
  kind: 'index-window',
  sizeParam: 'pageSize',
  size: 2,
  offsetParam: 'offset',
  to: 'toIndex',
  total: 'total',
};
const byOffset: Load['pagination'] = { kind: 'offset', sizeParam: 'limit', size: 2, offsetParam: 'offset' };

/** Answers each request by its parameters: text as it is, anything else as JSON. */
async function aVendor(answer: (params: URLSearchParams, n: number) => unknown, status = 200) {
  const server = await startVendorServer(({ url }, response, n) => {
    const body = answer(new URL(url, 'http://vendor').searchParams, n);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const webex = vendors.find((vendor) => vendor.id === 'webex');
  if (!webex) throw new Error('There is no Webex.');

  const read = async (list: List, inputs: Record<string, string> = {}, load: Partial<Load> = {}) => {
    const pages: VendorPage[] = [];
    const reader = {
      client: fetchClient,
      clock: createTestClock(),
      random: () => 0,
      maxPages: 1_000,
      vendor: { ...webex, title: 'Acme', load: { ...webex.load, ...load } },
      credential: { id: 'crd_1', baseUrl: `${server.url}/v2` },
      signal: new AbortController().signal,
      inputs,
    };
    for await (const page of readPages(reader, list)) pages.push(page);
    return pages;
  };
  return { read, asked: () => server.seen.map(({ url }) => url) };
}

const people = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ id: from + i }));

const idsOf = (pages: readonly VendorPage[]) =>
  pages.flatMap(({ items }) => items.map((item) => (item as { id: unknown }).id));

describe('a token in the body', () => {
  const list: List = { path: '/users', items: 'users', pagination: byToken };

  test.each([[''], [null], [undefined]])('leads to the next page until it is %j', async (end) => {
    const { read, asked } = await aVendor((params) => {
      const from = Number(params.get('next_page_token') ?? 0);
      return {
        users: people(from, Math.min(from + 2, 5)),
        next_page_token: from + 2 < 5 ? `${from + 2}` : end,
      };
    });

    const pages = await read(list);

    expect(idsOf(pages)).toEqual([0, 1, 2, 3, 4]);
    expect(asked()).toEqual([
      '/v2/users?page_size=2',
      '/v2/users?page_size=2&next_page_token=2',
      '/v2/users?page_size=2&next_page_token=4',
    ]);
  });

  test('that repeats leads in a circle, and is refused', async () => {
    const { read, asked } = await aVendor((_, n) => ({ users: people(n, n + 1), next_page_token: 'again' }));

    await expect(read(list)).rejects.toThrow('The vendor repeated page 2 of /users as page 3.');
    expect(asked()).toHaveLength(2);
  });

  test('that changes while the page stays the same is refused too', async () => {
    const { read } = await aVendor((_, n) => ({ users: people(0, 2), next_page_token: `t${n}` }));

    await expect(read(list)).rejects.toThrow('The vendor repeated page 1 of /users as page 2.');
  });

  test('without end stops at the most pages there may be', async () => {
    const { read, asked } = await aVendor((_, n) => ({ users: [], next_page_token: `t${n}` }));

    await expect(read(list)).rejects.toThrow('/users has more than 1000 pages');
    expect(asked()).toHaveLength(1_000);
  });

  test('that is a record is refused', async () => {
    const { read } = await aVendor(() => ({ users: people(0, 2), next_page_token: {} }));

    await expect(read(list)).rejects.toThrow('neither text nor a number');
  });
});

describe('a window of the list', () => {
  const list: List = { path: '/users', items: 'results', pagination: byWindow };
  const page = (offset: number, total: number, change: object = {}) => {
    const results = people(offset, Math.min(offset + 2, total));
    return { results, fromIndex: offset, toIndex: offset + results.length - 1, total, ...change };
  };
  const offsetOf = (params: URLSearchParams) => Number(params.get('offset'));

  test('is followed by the next until the total is reached', async () => {
    const { read, asked } = await aVendor((params) => page(offsetOf(params), 5));

    expect(idsOf(await read(list))).toEqual([0, 1, 2, 3, 4]);
    expect(asked()).toEqual([0, 2, 4].map((offset) => `/v2/users?pageSize=2&offset=${offset}`));
  });

  test('that is the whole list needs one request, and an empty list is a list', async () => {
    const two = await aVendor((params) => page(offsetOf(params), 2));
    const none = await aVendor(() => ({ results: [], fromIndex: 0, toIndex: -1, total: 0 }));

    expect(idsOf(await two.read(list))).toEqual([0, 1]);
    expect(idsOf(await none.read(list))).toEqual([]);
    expect([...two.asked(), ...none.asked()]).toHaveLength(2);
  });

  test('without total and end goes on to an empty page', async () => {
    const { read } = await aVendor((params) =>
      page(offsetOf(params), 3, { total: undefined, toIndex: undefined }),
    );

    expect(idsOf(await read(list))).toEqual([0, 1, 2]);
  });

  test('of a list that shrinks is refused: what moved up was not seen', async () => {
    const { read } = await aVendor((params, n) => page(offsetOf(params), n === 1 ? 6 : 4));

    await expect(read(list)).rejects.toThrow(
      'Page 2 of /users: Acme cannot be read to the end, because the list shrank from 6 to 4 entries',
    );
  });

  test('that is empty before the total is refused', async () => {
    const { read } = await aVendor((params) =>
      page(offsetOf(params), 6, offsetOf(params) > 2 ? { results: [] } : {}),
    );

    await expect(read(list)).rejects.toThrow('the list ended after 4 of 6 entries');
  });

  test('that does not move on is refused', async () => {
    const { read } = await aVendor((_, n) => page(0, 6, { results: people(n, n + 1), toIndex: 1 }));

    await expect(read(list)).rejects.toThrow('repeated page 2');
  });
});

describe('an offset', () => {
  const list: List = { path: '/users', items: '', pagination: byOffset };

  test('is counted on until a page is short, and the answer is the list', async () => {
    const { read, asked } = await aVendor((params) => {
      const from = Number(params.get('offset'));
      return people(from, Math.min(from + 2, 5));
    });

    expect(idsOf(await read(list))).toEqual([0, 1, 2, 3, 4]);
    expect(asked()).toEqual([0, 2, 4].map((offset) => `/v2/users?limit=2&offset=${offset}`));
  });

  test('that the vendor overlooks is noticed by the page that comes again', async () => {
    const { read } = await aVendor(() => people(0, 2));

    await expect(read(list)).rejects.toThrow('The vendor repeated page 1 of /users as page 2.');
  });
});

describe('a list in one answer', () => {
  const list: List = { path: '/users', items: '', pagination: { kind: 'none' } };

  test('is read with its parameters, once for each pass, and pages count on', async () => {
    const { read, asked } = await aVendor((params) => [{ id: params.get('status') }]);
    const passes = ['active', 'inactive'].map((status) => ({
      title: status,
      params: [{ key: 'status', value: status }],
    }));

    const pages = await read({ ...list, params: [{ key: 'roles', value: 'a b&c' }], passes });

    expect(pages.map(({ n }) => n)).toEqual([1, 2]);
    expect(idsOf(pages)).toEqual(['active', 'inactive']);
    expect(asked()).toEqual([
      '/v2/users?roles=a+b%26c&status=active',
      '/v2/users?roles=a+b%26c&status=inactive',
    ]);
  });

  test('names the pass that failed', async () => {
    const { read } = await aVendor((params) =>
      params.has('late') ? { code: 300, message: 'No such status.' } : [],
    );
    const passes = [
      { title: 'active', params: [] },
      { title: 'late', params: [{ key: 'late', value: '1' }] },
    ];

    await expect(read({ ...list, passes })).rejects.toThrow(
      'Page 2 of /users (late): Acme answered without the list: No such status.',
    );
  });

  test('keeps every digit of its ids', async () => {
    const { read } = await aVendor(() => '[{"id":12345678901234567890123456789}]');

    expect(idsOf(await read(list))).toEqual(['12345678901234567890123456789']);
  });
});

describe('what is not a list', () => {
  const list: List = { path: '/users', items: 'users', pagination: byToken };

  test('shows the words of the vendor that says 200 and means an error', async () => {
    const { read } = await aVendor(() => ({ code: 300, message: 'The page size is wrong.' }));

    await expect(read(list)).rejects.toThrow(
      'Page 1 of /users: Acme answered without the list "users": The page size is wrong.',
    );
  });

  test.each([[{ users: {} }], [{ users: 'none' }], [[]], ['"text"'], [null]])(
    '%j is refused',
    async (body) => {
      const { read } = await aVendor(() => body);

      await expect(read(list)).rejects.toThrow(
        'without the list "users". Check the base URL of the credential.',
      );
    },
  );

  test('a token that went stale fails the load in words', async () => {
    const { read } = await aVendor(() => ({ code: 300, message: 'The next page token is expired.' }), 400);

    await expect(read(list)).rejects.toThrow(
      'Page 1 of /users: Acme answered 400: The next page token is expired.',
    );
  });
});

describe('inputs', () => {
  const list: List = {
    path: '/accounts/{{input.account_key}}/users',
    items: '',
    pagination: { kind: 'none' },
  };
  const load = { inputs: [{ name: 'account_key', label: 'account key', hint: '' }] };

  test('stand in the path, encoded', async () => {
    const { read, asked } = await aVendor(() => []);

    await read(list, { account_key: 'a/b?c' }, load);

    expect(asked()).toEqual(['/v2/accounts/a%2Fb%3Fc/users']);
  });

  test.each([[{}], [{ account_key: ' ' }]])('that are missing are asked for: %j', async (inputs) => {
    const { read, asked } = await aVendor(() => []);

    await expect(read(list, inputs, load)).rejects.toThrow(
      'Acme needs the account key. Enter it in the details of the integration.',
    );
    expect(asked()).toEqual([]);
  });

  test('that would lead elsewhere are refused', async () => {
    const { read, asked } = await aVendor(() => []);

    await expect(read(list, { account_key: '..' }, load)).rejects.toThrow('would lead to another address');
    expect(asked()).toEqual([]);
  });
});

describe('an index that counts from 1', () => {
  const pagination = {
    ...({ kind: 'start-index', sizeParam: 'count', size: 3, offsetParam: 'startIndex' } as const),
    total: 'totalResults',
  };
  const scim: List = { path: '/Users', items: 'Resources', pagination };
  const startOf = (params: URLSearchParams) => Number(params.get('startIndex'));

  test('goes on behind what came, also when a page is shorter than asked for', async () => {
    const { read, asked } = await aVendor((params) => {
      const from = startOf(params) - 1;
      return { totalResults: 5, Resources: people(from, Math.min(from + 2, 5)) };
    });

    expect(idsOf(await read(scim))).toEqual([0, 1, 2, 3, 4]);
    expect(asked()).toEqual([1, 3, 5].map((start) => `/v2/Users?count=3&startIndex=${start}`));
  });

  test('of an empty list may come without a list', async () => {
    const { read } = await aVendor(() => ({ totalResults: 0 }));

    expect(idsOf(await read(scim))).toEqual([]);
  });

  test.each([
    ['without a list', () => ({ totalResults: 3 }), 'without the list "Resources"'],
    ['without a total', () => ({ Resources: people(0, 2) }), '"totalResults" is no number'],
    [
      'that ends early',
      (from: number) => ({ totalResults: 5, Resources: people(from, from === 0 ? 2 : from) }),
      'ended after 2 of 5 entries',
    ],
    [
      'that shrinks',
      (from: number) => ({ totalResults: from === 0 ? 5 : 4, Resources: people(from, from + 2) }),
      'the list shrank from 5 to 4',
    ],
  ])('%s is refused', async (_, answer, reason) => {
    const { read } = await aVendor((params) => answer(startOf(params) - 1));

    await expect(read(scim)).rejects.toThrow(reason);
  });
});
