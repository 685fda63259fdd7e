import { expect, test } from 'vitest';
import type { Converter } from '#domain/converter';
import { builtInFields, type Field, type FieldType } from '#domain/field';
import { findMappingWarnings } from '#domain/mapping-warnings';
import { vendors } from '#presets';

const webex = vendors.find((vendor) => vendor.id === 'webex')!;

const warningsOf = (key: string, type: FieldType, ...converters: Converter[]): string[] => {
  const field = { ...builtInFields[0]!, externalId: 'own', label: 'Own', type } satisfies Field;
  const row = {
    source: { kind: 'field' as const, key },
    converters,
    target: { recordType: 'person' as const, externalId: 'own' },
    syncKey: null,
  };
  return findMappingWarnings({ rows: [row] }, webex, [field]).map(({ message }) => message);
};

test.each<[string, FieldType]>([
  ['email', 'text'],
  ['email', 'email'],
  ['created', 'date'],
  ['licenses', 'list'],
  ['licenses', 'json'],
  ['email', 'list'],
])('%s fits a field of the type %s', (key, type) => {
  expect(warningsOf(key, type)).toEqual([]);
});

test.each<[string, FieldType, string]>([
  ['created', 'number', 'Own is a whole number, and the vendor sends a date and time.'],
  ['display_name', 'boolean', 'Own is yes or no, and the vendor sends text.'],
  ['licenses', 'text', 'take one entry, or join the list'],
  ['licenses', 'number', 'Own is a whole number, and the vendor sends a list.'],
])('%s may not fit a field of the type %s', (key, type, words) => {
  expect(warningsOf(key, type)).toEqual([expect.stringContaining(words)]);
});

test('a converter may make it fit', () => {
  expect(warningsOf('licenses', 'text', { kind: 'join', separator: ', ' })).toEqual([]);
  expect(warningsOf('licenses', 'number', { kind: 'count' })).toEqual([]);
  expect(warningsOf('display_name', 'date', { kind: 'date', format: 'DD.MM.YYYY' })).toEqual([]);
});
