import { describe, expect, test } from 'vitest';
import { blocks } from '#blocks/index';
import type { Graph } from '#domain/workflow';
import { findHarmfulBlocks, isImitated } from '#engine/two-persons';
import { vendors as list } from '#presets';

const types = new Map(blocks.map((block) => [block.type, block]));
const vendors = { find: (id: string) => list.find((each) => each.id === id), list: () => list };
const position = { x: 0, y: 0 };

const call = (settings: object): Graph => ({
  blocks: [{ id: 'call', type: 'api', name: 'Call', position, settings: { vendorId: 'webex', ...settings } }],
  edges: [],
});
const withCredential = { authorization: { mode: 'static', credentialId: 'crd_1' } };
const harmOf = (settings: object) =>
  findHarmfulBlocks(call({ ...withCredential, ...settings }), types, vendors);

describe('harmful blocks', () => {
  test.each([
    ['a DELETE of one’s own', { method: 'DELETE', url: '/people/1' }, ['delete']],
    ['a POST of which only the method is known', { method: 'POST', url: '/people/1/disable' }, ['unknown']],
    ['a read', { method: 'GET', url: '/people' }, []],
    [
      'a delete preset',
      { presetId: 'delete-user', method: 'DELETE', url: '/people/{{webex_user_id}}' },
      ['delete'],
    ],
    [
      'a delete preset that was edited to look harmless',
      { presetId: 'delete-user', method: 'GET' },
      ['delete'],
    ],
  ])('%s', (_name, settings, does) => {
    expect(harmOf(settings).map((each) => each.does)).toEqual(does);
  });
});

describe('what is imitated', () => {
  const hosts = new Set(['127.0.0.1:4100', '127.0.0.1:4101']);
  const credential = (id: string, baseUrl: string, more: { tokenUrl?: string; apiUrl?: string } = {}) => ({
    ...{ id, baseUrl, tokenUrl: '', apiUrl: '' },
    ...more,
  });
  const own = credential('crd_1', 'http://127.0.0.1:4100/v1', { tokenUrl: 'http://127.0.0.1:4100/token' });
  const block = (credentialId: string | null) => ({ credentialId });

  test.each([
    ['goes only to our own sandbox', true, [block('crd_1')], [own]],
    ['goes nowhere', true, [], []],
    ['goes to a vendor', false, [block('crd_1')], [credential('crd_1', 'https://webexapis.com/v1')]],
    [
      'goes to another port of this machine',
      false,
      [block('crd_1')],
      [credential('crd_1', 'http://127.0.0.1:4102')],
    ],
    [
      'goes to a name that only begins like it',
      false,
      [block('crd_1')],
      [credential('crd_1', 'http://127.0.0.1:41001')],
    ],
    [
      'gets its tokens elsewhere',
      false,
      [block('crd_1')],
      [credential('crd_1', own.baseUrl, { tokenUrl: 'https://webexapis.com/token' })],
    ],
    [
      'lives where the vendor says',
      false,
      [block('crd_1')],
      [credential('crd_1', own.baseUrl, { apiUrl: 'https://api.zoom.us' })],
    ],
    [
      'goes to both',
      false,
      [block('crd_1'), block('crd_2')],
      [own, credential('crd_2', 'https://webexapis.com')],
    ],
    ['goes where each record says', false, [block(null)], [own]],
    ['goes out with a credential that is gone', false, [block('crd_9')], [own]],
  ])('%s: %s', (_name, expected, harmful, credentials) => {
    expect(isImitated(harmful, credentials, hosts)).toBe(expected);
  });

  test('is nothing without a sandbox', () => {
    expect(isImitated([block('crd_1')], [own], new Set())).toBe(false);
  });

  test('a dynamic credential is found as such', () => {
    const [harmful] = harmOf({
      method: 'DELETE',
      url: '/x',
      authorization: { mode: 'dynamic', field: 'title' },
    });

    expect(harmful?.credentialId).toBeNull();
  });
});
