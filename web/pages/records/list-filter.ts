import { type ConditionGroup, conditionGroupSchema, needsValue } from '#contract';

/** The filter that an address names; one that cannot be read is none. */
export function parseFilter(text: string): ConditionGroup | undefined {
  try {
    const read = conditionGroupSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The rules that say something: those without a value and groups without rules are left out. */
export function withoutOpenRules({ match, rules }: ConditionGroup): ConditionGroup {
  const kept = rules.flatMap((rule): ConditionGroup['rules'] => {
    if (!('rules' in rule)) {
      const isOpen = needsValue(rule.operator) && String(rule.value ?? '').trim() === '';
      return isOpen ? [] : [rule];
    }
    const inner = withoutOpenRules(rule);
    return inner.rules.length > 0 ? [inner] : [];
  });
  return { match, rules: kept };
}

export function countRules({ rules }: ConditionGroup): number {
  return rules.reduce((sum, rule) => sum + ('rules' in rule ? countRules(rule) : 1), 0);
}
