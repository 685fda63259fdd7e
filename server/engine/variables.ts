import { personValues, saasUserValues } from '../domain/record-values.ts';
import type { Subject } from './ports.ts';

/**
 * What templates of a step may name: the record's values without a prefix (a SaaS user's before the person's), the
 * run's own variables over them, and everything again under `person` and `saas_user`.
 */
export function toVariables(
  subject: Subject,
  own: Readonly<Record<string, unknown>>,
  run: unknown,
): Record<string, unknown> {
  const person = subject.person && personValues(subject.person);
  const saasUser = subject.saasUser && saasUserValues(subject.saasUser);
  return { ...person, ...saasUser, ...own, person: person ?? {}, saas_user: saasUser ?? {}, run };
}

/** Names that templates may begin with, whatever the workflow. */
export const spaces: ReadonlySet<string> = new Set([
  'person',
  'saas_user',
  'run',
  'blocks',
  'steps',
  'loops',
]);

/** Names that have a meaning of their own somewhere, so that no variable can be called so. */
export const isReservedName = (name: string): boolean =>
  spaces.has(name) || ['input', 'response', 'response_headers', 'response_status'].includes(name);

/** Reads `status` or `person.status` for a rule. */
export function readField(variables: Readonly<Record<string, unknown>>, name: string): unknown {
  const [root = '', ...rest] = name.split('.');
  let value: unknown = Object.hasOwn(variables, root) ? variables[root] : undefined;
  for (const part of rest) {
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined;
  }
  return value;
}
