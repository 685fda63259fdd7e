import { z } from 'zod';
import type { FieldType } from './field.ts';
import { ruleTruth } from './rule-truth.ts';

/** A condition is proven true, proven false, or cannot be decided from what is known. */
export type Truth = 'yes' | 'no' | 'unknown';

export const ruleOperators = [
  'equals',
  'does_not_equal',
  'begins_with',
  'does_not_begin_with',
  'ends_with',
  'does_not_end_with',
  'contains',
  'does_not_contain',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'is_empty',
  'is_not_empty',
  'before',
  'after',
  'on',
  'more_than_days_ago',
  'within_last_days',
  'within_next_days',
  'is_true',
  'is_false',
] as const;
export type RuleOperator = (typeof ruleOperators)[number];

export const ruleUnits = ['hours', 'days', 'weeks'] as const;
export type RuleUnit = (typeof ruleUnits)[number];

export const maxConditionDepth = 8;

/** Compares one field. In dates, `today` stands for the current day in UTC. */
export const ruleSchema = z.strictObject({
  field: z.string().min(1).max(200),
  operator: z.enum(ruleOperators),
  value: z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]).optional(),
  /** What a number of days counts instead; only for the operators with `days` in their name. */
  unit: z.enum(ruleUnits).optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

export interface ConditionGroup {
  match: 'all' | 'any';
  rules: (Rule | ConditionGroup)[];
}

const groupSchema: z.ZodType<ConditionGroup> = z.strictObject({
  match: z.enum(['all', 'any']),
  get rules() {
    return z.array(z.union([ruleSchema, groupSchema])).max(100);
  },
});

/** Rules that must all hold, or of which one must; groups may stand within groups. */
export const conditionGroupSchema = groupSchema.refine((group) => depthOf(group) <= maxConditionDepth, {
  error: `Groups are nested deeper than ${maxConditionDepth} levels. Split the condition.`,
});

/** The words of the operator list. */
export const operatorLabels: Record<RuleOperator, string> = {
  equals: 'Equals',
  does_not_equal: 'Does not equal',
  begins_with: 'Begins with',
  does_not_begin_with: 'Does not begin with',
  ends_with: 'Ends with',
  does_not_end_with: 'Does not end with',
  contains: 'Contains',
  does_not_contain: 'Does not contain',
  less_than: 'Less than',
  at_most: 'At most',
  greater_than: 'Greater than',
  at_least: 'At least',
  is_empty: 'Is empty',
  is_not_empty: 'Is not empty',
  before: 'Before',
  after: 'After',
  on: 'On',
  more_than_days_ago: 'More than … days ago',
  within_last_days: 'Within the last … days',
  within_next_days: 'Within the next … days',
  is_true: 'Is true',
  is_false: 'Is false',
};

// How an operator reads in a sentence; # stands for the value with its unit, or is left out.
const phrases: Record<RuleOperator, string> = {
  equals: 'is #',
  does_not_equal: 'is not #',
  begins_with: 'begins with #',
  does_not_begin_with: 'does not begin with #',
  ends_with: 'ends with #',
  does_not_end_with: 'does not end with #',
  contains: 'contains #',
  does_not_contain: 'does not contain #',
  less_than: 'is less than #',
  at_most: 'is at most #',
  greater_than: 'is greater than #',
  at_least: 'is at least #',
  is_empty: 'is empty',
  is_not_empty: 'is not empty',
  before: 'is before #',
  after: 'is after #',
  on: 'is on #',
  more_than_days_ago: 'is before # ago',
  within_last_days: 'is within the last #',
  within_next_days: 'is within the next #',
  is_true: 'is true',
  is_false: 'is false',
};

const emptiness = ['is_empty', 'is_not_empty'] as const;
const equality = ['equals', 'does_not_equal'] as const;
const ends = ['begins_with', 'does_not_begin_with', 'ends_with', 'does_not_end_with'] as const;
const containment = ['contains', 'does_not_contain'] as const;
const order = ['less_than', 'at_most', 'greater_than', 'at_least'] as const;
const days = ['more_than_days_ago', 'within_last_days', 'within_next_days'] as const;

const textOperators: RuleOperator[] = [...equality, ...ends, ...containment, ...emptiness];
const numberOperators: RuleOperator[] = [...equality, ...order, ...ends, ...containment, ...emptiness];
const dateOperators: RuleOperator[] = ['on', 'does_not_equal', 'before', 'after', ...days, ...emptiness];

const operatorsByType: Record<FieldType, RuleOperator[]> = {
  text: textOperators,
  long_text: textOperators,
  choice: textOperators,
  email: textOperators,
  url: textOperators,
  number: numberOperators,
  decimal: numberOperators,
  date: dateOperators,
  datetime: dateOperators,
  boolean: ['is_true', 'is_false', ...equality, ...emptiness],
  list: [...containment, ...emptiness],
  json: [...emptiness],
};

/** The operators that are offered for fields of a type, the most usual first. */
export function operatorsFor(type: FieldType): RuleOperator[] {
  return [...operatorsByType[type]];
}

/** Whether a rule with this operator compares with a value that must be given. */
export function needsValue(operator: RuleOperator): boolean {
  return phrases[operator].includes('#');
}

/** Whether the value of this operator is a number of days (or of the rule's unit). */
export function needsDays(operator: RuleOperator): boolean {
  return (days as readonly RuleOperator[]).includes(operator);
}

/**
 * Decides a condition. What is missing or malformed makes a rule `unknown`, also a negative one: a person without a
 * status is not proven to have another status. `all` is `no` as soon as one rule is `no`; `any` is `yes` as soon as
 * one is `yes`; otherwise one `unknown` makes the whole unknown. Without rules, `all` is `yes` and `any` is `no`.
 */
export function evaluateCondition(
  group: ConditionGroup,
  read: (field: string) => unknown,
  now: number,
): Truth {
  const deciding: Truth = group.match === 'all' ? 'no' : 'yes';
  let truth: Truth = group.match === 'all' ? 'yes' : 'no';
  for (const rule of group.rules) {
    const found =
      'rules' in rule ? evaluateCondition(rule, read, now) : ruleTruth(rule, read(rule.field), now);
    if (found === deciding) return found;
    if (found === 'unknown') truth = 'unknown';
  }
  return truth;
}

/** Says a condition in words: `Status is active and Last activity is before 90 days ago`. */
export function describeCondition(group: ConditionGroup, labelOf: (field: string) => string): string {
  if (group.rules.length === 0) return group.match === 'all' ? 'Always' : 'Never';
  const sentences = group.rules.map((rule) => {
    if (!('rules' in rule)) return describeRule(rule, labelOf);
    const inner = describeCondition(rule, labelOf);
    return rule.rules.length > 1 && group.rules.length > 1 ? `(${inner})` : inner;
  });
  return sentences.join(group.match === 'all' ? ' and ' : ' or ');
}

function describeRule(rule: Rule, labelOf: (field: string) => string): string {
  return `${labelOf(rule.field)} ${phrases[rule.operator].replace('#', () => describeValue(rule))}`;
}

function describeValue(rule: Rule): string {
  const { value, operator, unit = 'days' } = rule;
  if (value === undefined || value === null || value === '') return '…';
  if (!needsDays(operator)) return String(value);
  return `${value} ${Number(value) === 1 ? unit.slice(0, -1) : unit}`;
}

function depthOf(group: ConditionGroup): number {
  const inner = group.rules.map((rule) => ('rules' in rule ? depthOf(rule) : 0));
  return 1 + Math.max(0, ...inner);
}
