import type { ConditionGroup } from '#domain/condition';

/** Every field that a group of rules reads. */
export function fieldsOf(group: ConditionGroup): string[] {
  return group.rules.flatMap((rule) => ('rules' in rule ? fieldsOf(rule) : [rule.field]));
}
