import { type ConditionGroup, describeCondition, evaluateCondition } from '../domain/condition.ts';
import type { MappingFilter } from '../domain/mapping.ts';

/** Why a record may not be created or updated; null where it may. */
export interface Refusals {
  create: string | null;
  update: string | null;
}

const verbs = { create: 'created', update: 'updated' } as const;

/** Prepares the filter of a mapping. What cannot be decided is not written: a filter is there to keep records out. */
export function prepareFilter(
  filter: MappingFilter | undefined,
  labelOf: (name: string) => string,
  nowMs: number,
): (read: (name: string) => unknown) => Refusals {
  const decide = (kind: keyof Refusals, group: ConditionGroup | null | undefined) => {
    if (!group || group.rules.length === 0) return () => null;
    const rules = describeCondition(group, labelOf);
    return (read: (name: string) => unknown) => {
      const truth = evaluateCondition(group, read, nowMs);
      if (truth === 'yes') return null;
      return truth === 'no'
        ? `The filter lets it be ${verbs[kind]} only if ${rules}.`
        : `The filter lets it be ${verbs[kind]} only if ${rules}, and a value for that is missing or malformed.`;
    };
  };
  const [create, update] = [decide('create', filter?.create), decide('update', filter?.update)];
  return (read) => ({ create: create(read), update: update(read) });
}
