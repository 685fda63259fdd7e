import type { Rule, RuleOperator, RuleUnit, Truth } from './condition.ts';
import { type Instant, parseInstant, startOfDay } from './instant.ts';
import { PlannedAnswer } from './planned-answer.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** How long each unit of a rule is. */
export const unitMs: Record<RuleUnit, number> = { hours: hourMs, days: dayMs, weeks: 7 * dayMs };

// No leading zeros: `007` is a code, not the number 7.
const exactNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** What lies before is no moment: vendors write "never" so. */
export const placeholderEndMs = Date.UTC(1901, 0, 1);

/** Whether a moment is one of those that vendors write for "never". */
export const isNever = (ms: number): boolean => ms === 0 || ms < placeholderEndMs;

/** Operators that hold where another one does not. */
export const negations: Partial<Record<RuleOperator, RuleOperator>> = {
  does_not_equal: 'equals',
  does_not_begin_with: 'begins_with',
  does_not_end_with: 'ends_with',
  does_not_contain: 'contains',
  is_not_empty: 'is_empty',
  is_false: 'is_true',
};

/** Decides one rule about the value that was read. Missing and malformed values give `unknown`. */
export function ruleTruth(rule: Rule, value: unknown, now: number): Truth {
  if (value instanceof PlannedAnswer) return 'unknown';
  const { operator } = rule;
  const opposite = negations[operator];
  if (opposite !== undefined) return not(ruleTruth({ ...rule, operator: opposite }, value, now));
  if (operator === 'is_empty') return toTruth(isEmpty(value));
  if (isEmpty(value) && !(operator === 'contains' && Array.isArray(value))) return 'unknown';
  if (operator === 'is_true') return maybe(toBoolean(value), (found) => found);
  if (isEmpty(rule.value)) return 'unknown';

  switch (operator) {
    case 'equals':
      return equals(value, rule.value, now);
    case 'contains':
      return contains(value, rule.value);
    case 'begins_with':
      return compareTexts(value, rule.value, (text, wanted) => text.startsWith(wanted));
    case 'ends_with':
      return compareTexts(value, rule.value, (text, wanted) => text.endsWith(wanted));
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
      return ordered(operator, value, rule.value);
    case 'before':
    case 'after':
      return isBeforeOrAfter(operator, value, toLimit(rule.value, now));
    case 'on':
      return isOn(value, toLimit(rule.value, now));
    default:
      return countDays(rule, value, now);
  }
}

function equals(value: unknown, wanted: unknown, now: number): Truth {
  if (typeof value === 'boolean' || typeof wanted === 'boolean') {
    const other = toBoolean(wanted);
    return other === undefined ? 'unknown' : maybe(toBoolean(value), (found) => found === other);
  }
  if (typeof value === 'number' || typeof wanted === 'number') {
    const other = toNumber(wanted);
    return other === undefined ? 'unknown' : maybe(toNumber(value), (found) => found === other);
  }
  const limit = toLimit(wanted, now);
  const instant = readInstant(value);
  // `today` is an ordinary word where the value is no date; an ISO date as the limit asks for a date.
  if (limit !== undefined && (instant !== undefined || toComparable(wanted) !== 'today')) {
    return instant === undefined ? 'unknown' : sameDate(instant, limit);
  }
  return compareTexts(value, wanted, (text, other) => text === other);
}

function contains(value: unknown, wanted: unknown): Truth {
  if (!Array.isArray(value)) return compareTexts(value, wanted, (text, other) => text.includes(other));
  let truth: Truth = 'no';
  for (const entry of value as unknown[]) {
    const found = compareTexts(entry, wanted, (text, other) => text === other);
    if (found === 'yes') return 'yes';
    if (found === 'unknown') truth = 'unknown';
  }
  return truth;
}

function ordered(operator: RuleOperator, value: unknown, wanted: unknown): Truth {
  const limit = toNumber(wanted);
  const number = toNumber(value);
  if (limit === undefined || number === undefined) return 'unknown';
  if (operator === 'less_than') return toTruth(number < limit);
  if (operator === 'at_most') return toTruth(number <= limit);
  return toTruth(operator === 'greater_than' ? number > limit : number >= limit);
}

/** A day as the limit counts as a whole: nothing on that day is before or after it. */
function isBeforeOrAfter(operator: 'before' | 'after', value: unknown, limit: Instant | undefined): Truth {
  const instant = toMoment(value);
  if (instant === undefined || limit === undefined) return 'unknown';
  const ms = limit.isDay ? startOfDay(instant.ms) : instant.ms;
  if (instant.isDay && !limit.isDay && instant.ms === startOfDay(limit.ms)) return 'unknown';
  return toTruth(operator === 'before' ? ms < limit.ms : ms > limit.ms);
}

function isOn(value: unknown, limit: Instant | undefined): Truth {
  const instant = readInstant(value);
  if (instant === undefined || limit === undefined) return 'unknown';
  return toTruth(startOfDay(instant.ms) === startOfDay(limit.ms));
}

function sameDate(instant: Instant, limit: Instant): Truth {
  const isSameDay = startOfDay(instant.ms) === startOfDay(limit.ms);
  if (limit.isDay || !isSameDay) return toTruth(isSameDay);
  return instant.isDay ? 'unknown' : toTruth(instant.ms === limit.ms);
}

/** Days without a time are counted as calendar days in UTC, moments to the millisecond. */
function countDays(rule: Rule, value: unknown, now: number): Truth {
  const instant = toMoment(value);
  const count = toNumber(rule.value);
  if (instant === undefined || count === undefined || count < 0) return 'unknown';
  const span = count * unitMs[rule.unit ?? 'days'];
  const age = (instant.isDay ? startOfDay(now) : now) - instant.ms;
  if (rule.operator === 'more_than_days_ago') return toTruth(age > span);
  if (rule.operator === 'within_last_days') return toTruth(age >= 0 && age <= span);
  return toTruth(age <= 0 && -age <= span);
}

function compareTexts(
  value: unknown,
  wanted: unknown,
  test: (text: string, wanted: string) => boolean,
): Truth {
  const text = toComparable(value);
  const other = toComparable(wanted);
  if (text === undefined || other === undefined || other === '') return 'unknown';
  return toTruth(test(text, other));
}

/** Text without regard to case and to white space at the ends. */
export function toComparable(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim().normalize('NFC').toLowerCase();
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return String(value);
  return undefined;
}

/** A number, or a text that is exactly one. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const number = exactNumber.test(text) ? Number(text) : undefined;
  if (number === undefined || !Number.isFinite(number)) return undefined;
  return Math.abs(number) > Number.MAX_SAFE_INTEGER ? undefined : number;
}

/** `true`, or a text that says so. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = toComparable(value);
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

/** The date or moment that a rule compares with; `today` is the current day in UTC. */
export function toLimit(value: unknown, now: number): Instant | undefined {
  if (toComparable(value) === 'today') return { ms: startOfDay(now), isDay: true };
  return readInstant(value);
}

/** Vendors write "never" as 1970-01-01T00:00:00Z or as year 1; neither proves that something happened long ago. */
function toMoment(value: unknown): Instant | undefined {
  const instant = readInstant(value);
  return instant === undefined || isNever(instant.ms) ? undefined : instant;
}

function readInstant(value: unknown): Instant | undefined {
  return typeof value === 'string' ? parseInstant(value.trim()) : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value === 'number') return Number.isNaN(value);
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function maybe<T>(value: T | undefined, test: (value: T) => boolean): Truth {
  return value === undefined ? 'unknown' : toTruth(test(value));
}

function toTruth(isTrue: boolean): Truth {
  return isTrue ? 'yes' : 'no';
}

function not(truth: Truth): Truth {
  if (truth === 'unknown') return 'unknown';
  return truth === 'yes' ? 'no' : 'yes';
}
