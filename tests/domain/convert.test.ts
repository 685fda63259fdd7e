import { describe, expect, test } from 'vitest';
import { prepareConverters } from '#domain/convert';
import { type Converter, converterSchema, describeConverter } from '#domain/converter';
import type { MappingSource } from '#domain/mapping-source';

const field = (key: string): MappingSource => ({ kind: 'field', key });
const constant = (value: string): MappingSource => ({ kind: 'constant', value });

const others: Record<string, unknown> = { first: 'Ada', last: 'Lovelace', nothing: null };

const read = (source: MappingSource): unknown => {
  if (source.kind === 'constant') return source.value;
  return source.kind === 'field' ? others[source.key] : undefined;
};

const convert = (value: unknown, ...converters: Converter[]) => prepareConverters(converters)(value, read);

const roles: Converter = {
  kind: 'map_values',
  entries: [
    { from: 'Full Administrator', to: 'IT' },
    { from: 'user', to: 'Employee' },
  ],
  otherwise: { kind: 'fail' },
};

describe('a value', () => {
  test.each<[string, unknown, Converter, unknown]>([
    ['that is there is the first', 'a', { kind: 'first_of', sources: [field('first')] }, 'a'],
    ['that is empty gives way', '', { kind: 'first_of', sources: [field('nothing'), field('first')] }, 'Ada'],
    ['has nothing to give way to', null, { kind: 'first_of', sources: [field('nothing')] }, undefined],
    ['is put together', 'Ada', { kind: 'concat', sources: [field('last')], separator: ' ' }, 'Ada Lovelace'],
    [
      'is put together without what is empty',
      'Ada',
      { kind: 'concat', sources: [field('nothing'), constant('x')], separator: '-' },
      'Ada-x',
    ],
    ['is split', 'ada@acme.test', { kind: 'split', on: '@', part: 1 }, 'ada'],
    ['is split from the end', 'Ada King Lovelace', { kind: 'split', on: ' ', part: -1 }, 'Lovelace'],
    ['has no such part', 'Ada', { kind: 'split', on: ' ', part: 2 }, ''],
    ['is one of a list', ['a', 'b'], { kind: 'pick', part: -1 }, 'b'],
    ['is a list as text', ['a', 'b'], { kind: 'join', separator: ', ' }, 'a, b'],
    ['is a list to be counted', ['a', 'b'], { kind: 'count' }, 2],
    ['is an empty list', null, { kind: 'count' }, 0],
    ['loses spaces', ' a ', { kind: 'trim' }, 'a'],
    ['is written small, each of a list', ['A', 'B'], { kind: 'lower' }, ['a', 'b']],
    ['is written large', 'ab', { kind: 'upper' }, 'AB'],
    ['begins large', 'ada', { kind: 'capitalize' }, 'Ada'],
    ['that is a number becomes text', 12, { kind: 'trim' }, '12'],
    ['that is empty stays empty', null, { kind: 'upper' }, null],
  ])('%s', (_, value, converter, wanted) => {
    expect(convert(value, converter)).toEqual({ ok: true, value: wanted });
  });

  test('goes through several converters in turn', () => {
    const steps: Converter[] = [{ kind: 'split', on: '@', part: 1 }, { kind: 'capitalize' }];

    expect(convert('ada@acme.test', ...steps)).toEqual({ ok: true, value: 'Ada' });
  });
});

describe('a value map', () => {
  test('knows values without regard to case', () => {
    expect(convert(' USER', roles)).toEqual({ ok: true, value: 'Employee' });
  });

  test('lets its first entry that a list holds decide', () => {
    expect(convert(['user', 'Full Administrator'], roles)).toEqual({ ok: true, value: 'IT' });
  });

  test.each<[string, unknown, Converter & { kind: 'map_values' }, unknown]>([
    ['keeps', 'guest', { ...roles, otherwise: { kind: 'keep' } } as never, { ok: true, value: 'guest' }],
    ['empties', 'guest', { ...roles, otherwise: { kind: 'empty' } } as never, { ok: true, value: null }],
    [
      'replaces, also what is empty,',
      null,
      { ...roles, otherwise: { kind: 'value', value: 'Employee' } } as never,
      { ok: true, value: 'Employee' },
    ],
    ['fails on', 'guest', roles as never, { ok: false, reason: 'the value map does not know "guest"' }],
  ])('%s what it does not know', (_, value, converter, wanted) => {
    expect(convert(value, converter)).toEqual(wanted);
  });
});

describe('a date', () => {
  test.each([
    ['DD.MM.YYYY', '01.02.2026', '2026-02-01'],
    ['M/D/YYYY', '2/1/2026', '2026-02-01'],
    ['YYYY-MM-DD HH:mm:ss', '2026-02-01 09:08:07', '2026-02-01T09:08:07.000Z'],
    ['DD.MM.YYYY HH:mm', '01.02.2026 09:08', '2026-02-01T09:08:00.000Z'],
    ['seconds', 1_769_937_600, '2026-02-01T09:20:00.000Z'],
    ['milliseconds', '1769937600000', '2026-02-01T09:20:00.000Z'],
    ['ldap', '134144112000000000', '2026-02-01T09:20:00.000Z'],
  ])('written as %s is read', (format, value, wanted) => {
    expect(convert(value, { kind: 'date', format })).toEqual({ ok: true, value: wanted });
  });

  test.each([
    ['DD.MM.YYYY', '31.02.2026'],
    ['DD.MM.YYYY', '2026-02-01'],
    ['DD.MM.YYYY', '01x02x2026'],
    ['seconds', 'soon'],
  ])('that is not written as %s is refused: %s', (format, value) => {
    expect(convert(value, { kind: 'date', format })).toEqual({
      ok: false,
      reason: `"${value}" is no date as ${format}`,
    });
  });

  test.each(['MM/YYYY', 'yesterday', 'DD.MM.YYYY DD'])('cannot be read by the format %j', (format) => {
    expect(() => prepareConverters([{ kind: 'date', format }])).toThrow(/says no whole date/);
  });

  test('that is empty stays empty', () => {
    expect(convert('', { kind: 'date', format: 'seconds' })).toEqual({ ok: true, value: null });
  });
});

test('a part is counted from one', () => {
  expect(converterSchema.safeParse({ kind: 'split', on: '@', part: 0 }).success).toBe(false);
});

test('a converter is said in a few words', () => {
  expect(describeConverter({ kind: 'split', on: '@', part: 1 })).toBe('part 1, split at “@”');
  expect(describeConverter({ kind: 'split', on: ' ', part: -1 })).toBe('last part, split at “ ”');
  expect(describeConverter(roles)).toBe('2 values mapped');
  expect(describeConverter({ kind: 'trim' })).toBe('trim spaces');
});
