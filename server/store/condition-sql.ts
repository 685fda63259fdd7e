import { type SQL, sql } from 'drizzle-orm';
import {
  type ConditionGroup,
  needsValue,
  operatorLabels,
  operatorsFor,
  type Rule,
  type RuleOperator,
} from '#domain/condition';
import { AppError } from '#domain/errors';
import type { FieldType } from '#domain/field';
import { type Instant, startOfDay } from '#domain/instant';
import {
  negations,
  placeholderEndMs,
  toBoolean,
  toComparable,
  toLimit,
  toNumber,
  unitMs,
} from '#domain/rule-truth';
import type { FindValue, ListValue } from './list-values.ts';

/**
 * A condition as SQL that says what `evaluateCondition` says: 1 for yes, 0 for no and null for unknown, which is how
 * AND, OR and NOT of SQL reckon, too. Throws `invalid` for a field that the list has not, an operator that does not
 * suit the field's type, and a value that is none of that type.
 */
export function conditionSql(group: ConditionGroup, find: FindValue, now: number): SQL {
  const parts = group.rules.map((rule) =>
    'rules' in rule ? conditionSql(rule, find, now) : ruleSql(rule, find(rule.field, 'filter'), now),
  );
  const isAll = group.match === 'all';
  if (parts.length === 0) return isAll ? sql`1` : sql`0`;
  return sql`(${sql.join(parts, isAll ? sql` AND ` : sql` OR `)})`;
}

type Compare = (rule: Rule, field: ListValue, now: number) => SQL;

function ruleSql(rule: Rule, field: ListValue, now: number): SQL {
  const { operator } = rule;
  const suited = operatorsFor(field.type);
  if (!suited.includes(operator)) {
    const others = suited.map((each) => operatorLabels[each]).join(', ');
    throw refusal(
      `"${field.label}" cannot be filtered by "${operatorLabels[operator]}". Use one of: ${others}.`,
    );
  }
  if (needsValue(operator) && toComparable(rule.value) === undefined) {
    throw refusal(
      `The filter "${field.label} ${operatorLabels[operator]}" has no value. Enter one, or remove it.`,
    );
  }
  const opposite = negations[operator];
  const plain = compareBy[field.type]({ ...rule, operator: opposite ?? operator }, field, now);
  return opposite === undefined ? plain : sql`NOT (${plain})`;
}

const text: Compare = (rule, { value }) => compareTexts(rule, sql`nullif(fold(${value}), '')`);

const number: Compare = (rule, { label, value }) => {
  if (rule.operator === 'is_empty') return sql`${value} IS NULL`;
  const sign = numberSigns[rule.operator];
  if (!sign) return compareTexts(rule, sql`cast(${value} AS text)`);
  const wanted = toNumber(rule.value);
  if (wanted === undefined)
    throw refusal(`"${String(rule.value)}" is not a number to compare "${label}" with.`);
  return sql`${value} ${sign} ${wanted}`;
};

const boolean: Compare = (rule, { label, value }) => {
  if (rule.operator === 'is_empty') return sql`${value} IS NULL`;
  if (rule.operator === 'is_true') return sql`${value} = 1`;
  const wanted = toBoolean(rule.value);
  if (wanted === undefined) throw refusal(`Compare "${label}" with true or false.`);
  return sql`${value} = ${wanted ? 1 : 0}`;
};

const list: Compare = (rule, { value }) =>
  rule.operator === 'is_empty'
    ? sql`(${value} IS NULL OR ${value} = '[]')`
    : sql`CASE WHEN ${value} IS NOT NULL THEN EXISTS (SELECT 1 FROM json_each(${value}) AS entry WHERE fold(entry.value) = ${toComparable(rule.value)}) END`;

const json: Compare = (_rule, { value }) => sql`(${value} IS NULL OR ${value} IN ('', '[]', '{}'))`;

const date: Compare = (rule, field, now) => {
  const { operator } = rule;
  if (operator === 'is_empty') return sql`${field.value} IS NULL`;
  const isDay = field.type === 'date';
  const ms = msOf(field);
  // Vendors write "never" as 1970-01-01 or as year 1; neither proves that something happened long ago.
  const moment = sql`CASE WHEN ${ms} <> 0 AND ${ms} >= ${placeholderEndMs} THEN ${ms} END`;
  const span = spanOf(rule);
  if (span !== undefined) {
    const age = sql`(${isDay ? startOfDay(now) : now} - ${moment})`;
    if (operator === 'more_than_days_ago') return sql`${age} > ${span}`;
    return operator === 'within_last_days'
      ? sql`${age} BETWEEN 0 AND ${span}`
      : sql`${age} BETWEEN ${-span} AND 0`;
  }
  const limit = toLimit(rule.value, now);
  if (!limit) {
    throw refusal(
      `"${String(rule.value)}" is not a date to compare "${field.label}" with. Write 2026-11-01, a time such as 2026-11-01T09:00:00Z, or today.`,
    );
  }
  if (operator === 'on') return sql`${dayOf(ms)} = ${startOfDay(limit.ms)}`;
  if (operator === 'equals') return sameDate(ms, isDay, limit);
  const side = sql`${limit.isDay ? dayOf(moment) : moment} ${operator === 'before' ? sql`<` : sql`>`} ${limit.ms}`;
  if (limit.isDay || !isDay) return side;
  return sql`CASE WHEN ${moment} <> ${startOfDay(limit.ms)} THEN ${side} END`;
};

const compareBy: Record<FieldType, Compare> = {
  text,
  long_text: text,
  choice: text,
  email: text,
  url: text,
  number,
  decimal: number,
  boolean,
  list,
  json,
  date,
  datetime: date,
};

const numberSigns: Partial<Record<RuleOperator, SQL>> = {
  equals: sql`=`,
  less_than: sql`<`,
  at_most: sql`<=`,
  greater_than: sql`>`,
  at_least: sql`>=`,
};

function compareTexts({ operator, value }: Rule, found: SQL): SQL {
  if (operator === 'is_empty') return sql`${found} IS NULL`;
  const wanted = toComparable(value);
  if (operator === 'equals') return sql`${found} = ${wanted}`;
  if (operator === 'begins_with') return sql`instr(${found}, ${wanted}) = 1`;
  if (operator === 'contains') return sql`instr(${found}, ${wanted}) > 0`;
  return sql`substr(${found}, -length(${wanted})) = ${wanted}`;
}

function msOf({ value, type, isStamp }: ListValue): SQL {
  if (isStamp) return value;
  if (type === 'date') return sql`unixepoch(${value}) * 1000`;
  return sql`cast(round(unixepoch(${value}, 'subsec') * 1000) AS integer)`;
}

/** Midnight UTC, also of what lies before 1970. */
const dayOf = (ms: SQL): SQL => sql`(${ms} - ((${ms} % 86400000) + 86400000) % 86400000)`;

function sameDate(ms: SQL, isDay: boolean, limit: Instant): SQL {
  const day = startOfDay(limit.ms);
  if (limit.isDay) return sql`${dayOf(ms)} = ${day}`;
  return isDay ? sql`CASE WHEN ${ms} <> ${day} THEN 0 END` : sql`${ms} = ${limit.ms}`;
}

/** Milliseconds that a rule about days spans; undefined for the other rules. */
function spanOf({ operator, value, unit = 'days' }: Rule): number | undefined {
  if (!operator.endsWith('_days') && operator !== 'more_than_days_ago') return undefined;
  const count = toNumber(value);
  if (count === undefined || count < 0) throw refusal(`"${String(value)}" is not a number of ${unit}.`);
  return count * unitMs[unit];
}

const refusal = (message: string): AppError => new AppError('invalid', message, { place: 'filter' });
