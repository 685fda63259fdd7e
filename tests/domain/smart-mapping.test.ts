import { expect, test } from 'vitest';
import { builtInFields, type Field } from '#domain/field';
import { findMissingParts } from '#domain/missing-parts';
import { proposeMapping } from '#domain/smart-mapping';
import { vendors } from '#presets';

const webex = vendors.find((vendor) => vendor.id === 'webex')!;

const aField = (change: Partial<Field>): Field => ({
  id: 'fld_1',
  recordType: 'person',
  externalId: 'department',
  label: 'Department',
  type: 'text',
  isUnique: false,
  isRequired: false,
  isBuiltIn: false,
  help: '',
  ...change,
});

const targets = (rows: ReturnType<typeof proposeMapping>) =>
  rows.map(({ row }) => `${row.target.recordType}.${row.target.externalId}`);

test('the address becomes username, email and the email of the account', () => {
  const rows = proposeMapping(webex, builtInFields, 'user_and_saas_user');

  const ofEmail = rows.filter(({ row }) => row.source.kind === 'field' && row.source.key === 'email');

  expect(targets(ofEmail)).toEqual(['person.username', 'person.email', 'saas_user.email']);
});

test('a new unique field for the vendor id is proposed, and is the first sync key', () => {
  const rows = proposeMapping(webex, builtInFields, 'user_and_saas_user');

  const created = rows.find(({ newField }) => newField !== null);
  const keys = rows.filter(({ row }) => row.syncKey !== null);

  expect(created).toMatchObject({
    row: { target: { recordType: 'person', externalId: 'webex_user_id' }, syncKey: 1 },
    newField: { label: 'Webex User ID', type: 'text', isUnique: true },
  });
  expect(keys.map(({ row }) => [row.target.externalId, row.syncKey])).toEqual([
    ['username', 2],
    ['webex_user_id', 1],
  ]);
});

test('a field that exists is used, and its like is found by name and type', () => {
  const fields = [
    ...builtInFields,
    aField({ externalId: 'webex_user_id', label: 'Webex User ID', isUnique: true }),
    aField({ externalId: 'department', label: 'Department' }),
    aField({ externalId: 'created', label: 'Created', type: 'number' }),
  ];

  const rows = proposeMapping(webex, fields, 'user_and_saas_user');

  expect(rows.every(({ newField }) => newField === null)).toBe(true);
  expect(targets(rows)).toContain('person.department');
  expect(targets(rows)).not.toContain('person.created');
});

test('no target is proposed twice, and the role is a constant', () => {
  const rows = proposeMapping(webex, builtInFields, 'user_and_saas_user');

  expect(new Set(targets(rows)).size).toBe(rows.length);
  expect(rows.find(({ row }) => row.target.externalId === 'role')?.row.source).toEqual({
    kind: 'constant',
    value: 'Employee',
  });
});

test('a load of users only proposes nothing for accounts', () => {
  const rows = proposeMapping(webex, builtInFields, 'user');

  expect(targets(rows).filter((target) => target.startsWith('saas_user'))).toEqual([]);
});

test('what is missing is named part by part, until nothing is', () => {
  const fields = [
    ...builtInFields,
    aField({ externalId: 'webex_user_id', label: 'Webex User ID', isUnique: true }),
  ];
  const credential = { name: 'Webex admin', status: 'authenticated', problem: null } as never;
  const rows = proposeMapping(webex, fields, 'user_and_saas_user').map(({ row }) => row);

  const nothing = findMissingParts({ mapping: { rows: [] } }, undefined, fields);
  const ready = findMissingParts({ mapping: { rows } }, credential, fields);

  expect(nothing.map((part) => part.section)).toEqual([
    'credential',
    'mapping',
    'mapping',
    'mapping',
    'mapping',
  ]);
  expect(nothing.map((part) => part.message).join(' ')).toMatch(
    /credential.*Username.*Email.*Role.*sync key/,
  );
  expect(ready).toEqual([]);
});

test('a role that nobody has chosen yet is missing', () => {
  const rows = proposeMapping(webex, builtInFields, 'user').map(({ row }) => {
    const isRole = row.target.externalId === 'role';
    return isRole ? { ...row, source: { kind: 'constant' as const, value: ' ' } } : row;
  });

  const missing = findMissingParts({ mapping: { rows } }, undefined, builtInFields);

  expect(missing.map((part) => part.message)).toContain('Map Role of the person.');
});

test('a credential that nobody has authenticated is missing', () => {
  const credential = { name: 'Webex admin', status: 'expired', problem: 'Authenticate it again.' } as never;

  const missing = findMissingParts({ mapping: { rows: [] } }, credential, builtInFields);

  expect(missing[0]?.message).toContain('Webex admin');
});
