import { describe, expect, test } from 'vitest';
import { type VendorField, vendorFieldSchema } from '#domain/vendor';
import { type LoadFacts, prepareField } from '#engine/read-field';

const facts: LoadFacts = {
  names: new Map([['role', new Map([['7', 'Admin']])]]),
  startedAt: '2026-11-21T09:00:00.000Z',
  credentialName: 'GoTo admin',
  inputs: { account_key: '900' },
};

const aField = (field: Partial<VendorField>) =>
  vendorFieldSchema.parse({ key: 'one', label: 'One', type: 'text', path: 'one', ...field });

const read = (field: Partial<VendorField>, item: unknown, known: LoadFacts = facts) =>
  prepareField(aField(field), known)(item);

describe('where a value lies', () => {
  test.each<[object, unknown]>([
    [{ a: 1, b: 2 }, 1],
    [{ a: null, b: 2 }, 2],
    [{ a: '', c: 3 }, 3],
    [{ a: [], b: ['x'] }, ['x']],
    [{ a: false, b: true }, false],
    [{ a: 0, b: 1 }, 0],
    [{}, undefined],
  ])('of %j is %j', (item, expected) => {
    expect(read({ path: 'a', fallbacks: ['b', 'c'] }, item)).toEqual(expected);
  });

  test('falls back to ids where the list holds no named records', () => {
    const field = { path: 'roles[*].name', fallbacks: ['roles'] };

    expect(read(field, { roles: [{ name: 'Manager' }] })).toEqual(['Manager']);
    expect(read(field, { roles: ['0002'] })).toEqual(['0002']);
  });
});

describe('whether a list holds a value', () => {
  const field: Partial<VendorField> = {
    path: 'isAdmin',
    orAny: { path: 'roles[*].name', value: 'Administrator' },
  };

  test.each<[object, unknown]>([
    [{ isAdmin: false, roles: [{ name: 'Administrator' }] }, false],
    [{ roles: [{ name: 'Manager' }, { name: 'Administrator' }] }, true],
    [{ roles: [{ name: 'Manager' }] }, false],
    [{ roles: [] }, false],
    // Nobody said anything about roles, and unknown is not "no".
    [{}, undefined],
  ])('%j gives %j', (item, expected) => {
    expect(read(field, item)).toEqual(expected);
  });
});

test.each<[Partial<VendorField>, unknown]>([
  [{ made: 'load-started-at' }, '2026-11-21T09:00:00.000Z'],
  [{ made: 'credential-name' }, 'GoTo admin'],
  [{ made: 'input', input: 'account_key' }, '900'],
  [{ made: 'input', input: 'other' }, undefined],
])('%j is made by us', (field, expected) => {
  expect(read({ path: '', ...field }, { one: 'of the vendor' })).toBe(expected);
});

test('ids become names where a list of names was read', () => {
  const role = { key: 'role', path: 'role' };

  expect(read(role, { role: 7 })).toBe('Admin');
  expect(read(role, { role: ['7', '8'] })).toEqual(['Admin', '8']);
  expect(read(role, {})).toBeUndefined();
});

test.each<[unknown, unknown]>([
  ['2026-11-01T09:00:00Z', '2026-11-01T09:00:00Z'],
  [1_793_523_600, '2026-11-01T09:00:00.000Z'],
  [1_793_523_600.5, '2026-11-01T09:00:00.500Z'],
  [1_793_523_600_000, '2026-11-01T09:00:00.000Z'],
  [0, 0],
  [1e300, 1e300],
  [undefined, undefined],
])('the time %j is read as %j', (value, expected) => {
  expect(read({ type: 'datetime' }, { one: value })).toBe(expected);
});
