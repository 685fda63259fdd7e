import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type ConditionGroup, evaluateCondition, operatorsFor, type Rule } from '#domain/condition';
import type { FieldType } from '#domain/field';
import { conditionSql } from '../../server/store/condition-sql.ts';
import { openDatabase } from '../../server/store/database.ts';
import type { ListValue } from '../../server/store/list-values.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const database = openDatabase(':memory:');

/** What SQL makes of a rule about a value as a record's JSON keeps it. */
function askSql(condition: ConditionGroup, values: Record<string, [FieldType, unknown]>) {
  const found = (id: string): ListValue => {
    const [type, value] = values[id]!;
    const json = JSON.stringify({ value: value ?? null });
    return { id, label: id, type, value: sql`json_extract(${json}, '$.value')`, isStamp: false };
  };
  const [row] = database.all<{ truth: number | null }>(
    sql`SELECT ${conditionSql(condition, found, now)} AS truth`,
  );
  if (row?.truth === null) return 'unknown';
  return row?.truth === 1 ? 'yes' : 'no';
}

const samples: Record<
  string,
  { types: FieldType[]; values: unknown[]; wanted: NonNullable<Rule['value']>[] }
> = {
  text: {
    types: ['text', 'long_text', 'choice', 'email', 'url'],
    values: ['', '  ', null, 'Ada', ' ada ', 'ADA LOVELACE', 'Éva', 'éva', '50% off_', "O'Hara", 'ß', '日本'],
    wanted: ['ada', 'ADA', 'éVA', '%', '_', "'", 'ß', '日', ' lovelace'],
  },
  number: {
    types: ['number', 'decimal'],
    values: [null, 0, -1, 7, 70, 3.5, 9007199254740991],
    wanted: [0, '7', 3.5, -1, '9007199254740991'],
  },
  boolean: { types: ['boolean'], values: [null, true, false], wanted: [true, 'false'] },
  list: { types: ['list'], values: [null, [], ['Admin'], ['user', 'Éva']], wanted: ['admin', 'éva', 'adm'] },
  date: {
    types: ['date'],
    values: [null, '2026-11-20', '2026-11-19', '2026-08-01', '2026-12-24', '1970-01-01', '1850-01-01'],
    wanted: ['today', '2026-11-19', '2026-11-20T12:00:00Z'],
  },
  datetime: {
    types: ['datetime'],
    values: [
      null,
      '2026-11-20T12:00:00.000Z',
      '2026-11-20T00:00:00.000Z',
      '2026-11-19T23:59:59.999Z',
      '2026-02-10T09:00:00.000Z',
      '2027-01-01T00:00:00.000Z',
      '1970-01-01T00:00:00.000Z',
      '0001-01-01T00:00:00.000Z',
      '1969-07-20T20:17:40.000Z',
    ],
    wanted: ['today', '2026-11-20', '2026-11-20T12:00:00Z', '1969-07-20'],
  },
};

describe('a rule means in a list what it means in a workflow', () => {
  for (const { types, values, wanted } of Object.values(samples)) {
    test.each(types)('%s', (type) => {
      for (const operator of operatorsFor(type)) {
        const isDays = operator.endsWith('_days') || operator === 'more_than_days_ago';
        for (const value of isDays ? [0, 1, '90', 10_000] : wanted) {
          for (const held of values) {
            const rule: Rule = { field: 'x', operator, value };
            const condition: ConditionGroup = { match: 'all', rules: [rule] };
            const told = `${JSON.stringify(held)} ${operator} ${String(value)}`;

            const expected = evaluateCondition(condition, () => held, now);

            expect(`${told}: ${askSql(condition, { x: [type, held] })}`).toBe(`${told}: ${expected}`);
          }
        }
      }
    });
  }

  test('json is only empty or not', () => {
    for (const held of [null, {}, [], '', { a: 1 }, [1]]) {
      const condition: ConditionGroup = { match: 'all', rules: [{ field: 'x', operator: 'is_empty' }] };

      expect(askSql(condition, { x: ['json', held] })).toBe(evaluateCondition(condition, () => held, now));
    }
  });
});

test('groups reckon with the unknown as workflows do', () => {
  const truths = { y: 'yes', n: 'no', u: null } as Record<string, string | null>;
  const rule = (field: string): Rule => ({ field, operator: 'equals', value: 'yes' });
  const types = Object.fromEntries(
    Object.entries(truths).map(([name, value]): [string, [FieldType, unknown]] => [name, ['text', value]]),
  );
  for (const outer of ['all', 'any'] as const) {
    for (const inner of ['all', 'any'] as const) {
      for (const fields of ['', 'y', 'n', 'u', 'yn', 'yu', 'nu', 'ynu']) {
        for (const nested of ['', 'y', 'n', 'u', 'nu', 'yu']) {
          const rules = [...fields].map(rule);
          const group: ConditionGroup = {
            match: outer,
            rules: [...rules, { match: inner, rules: [...nested].map(rule) }],
          };

          const expected = evaluateCondition(group, (field) => truths[field], now);

          expect(`${JSON.stringify(group)} ${askSql(group, types)}`).toBe(
            `${JSON.stringify(group)} ${expected}`,
          );
        }
      }
    }
  }
});

test.each([
  ['text', { operator: 'before', value: 'today' }, /cannot be filtered by "Before"/],
  ['number', { operator: 'less_than', value: 'many' }, /"many" is not a number/],
  ['date', { operator: 'before', value: 'tomorrow' }, /not a date.*2026-11-01/],
  ['date', { operator: 'more_than_days_ago', value: -1 }, /not a number of days/],
  ['boolean', { operator: 'equals', value: 'maybe' }, /true or false/],
  ['text', { operator: 'equals' }, /has no value/],
] as [FieldType, Omit<Rule, 'field'>, RegExp][])('%s: %j is refused', (type, rule, message) => {
  const condition: ConditionGroup = { match: 'all', rules: [{ field: 'x', ...rule }] };

  expect(() => askSql(condition, { x: [type, null] })).toThrow(message);
});
