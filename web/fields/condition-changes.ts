import {
  type ConditionGroup,
  conditionGroupSchema,
  type FieldType,
  fieldTypes,
  needsDays,
  needsValue,
  operatorsFor,
  type Rule,
} from '#contract';

/** The condition that a setting holds; one that cannot be read starts anew. */
export function toCondition(value: unknown): ConditionGroup {
  const read = conditionGroupSchema.safeParse(value);
  return read.success ? read.data : { match: 'all', rules: [] };
}

export const toFieldType = (type: string | undefined): FieldType =>
  fieldTypes.find((known) => known === type) ?? 'text';

/** A rule about a field, with the first operator that suits it. */
export function newRule(field: string, type: FieldType): Rule {
  return withOperator({ field, operator: 'equals' }, operatorsFor(type)[0] ?? 'equals');
}

/** The rule with another field; its operator stays where it suits the new field too. */
export function withField(rule: Rule, field: string, type: FieldType): Rule {
  const suits = operatorsFor(type).includes(rule.operator);
  return suits
    ? { ...rule, field }
    : withOperator({ field, operator: rule.operator }, newRule(field, type).operator);
}

/** The rule with another operator; a value that means nothing to it is dropped. */
export function withOperator(rule: Rule, operator: Rule['operator']): Rule {
  const kept: Rule = { field: rule.field, operator };
  if (!needsValue(operator)) return kept;
  if (!needsDays(operator)) return { ...kept, value: needsDays(rule.operator) ? '' : (rule.value ?? '') };
  const wasDays = needsDays(rule.operator);
  return { ...kept, value: wasDays ? (rule.value ?? 90) : 90, unit: rule.unit ?? 'days' };
}

/** The group with one of its rules changed, or removed by null. */
export function withRule(
  group: ConditionGroup,
  index: number,
  rule: Rule | ConditionGroup | null,
): ConditionGroup {
  const rules = group.rules.flatMap((old, at) => {
    if (at !== index) return [old];
    return rule === null ? [] : [rule];
  });
  return { ...group, rules };
}
