import { globalSpace } from '../domain/global-variable.ts';
import { personValues, saasUserValues } from '../domain/record-values.ts';
import type { Subject } from './subject-ports.ts';

/**
 * What templates of a step may name: the record's values without a prefix (a SaaS user's before the person's), the
 * run's own variables over them, everything again under `person` and `saas_user`, and global variables.
 */
export function toVariables(
  subject: Subject,
  own: Readonly<Record<string, unknown>>,
  run: unknown,
  globals: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const person = subject.person && personValues(subject.person);
  const saasUser = subject.saasUser && saasUserValues(subject.saasUser);
  const records = { person: person ?? {}, saas_user: saasUser ?? {} };
  return { ...person, ...saasUser, ...own, ...records, run, [globalSpace]: globals };
}

/** Names that templates may begin with, whatever the workflow. */
export const spaces: ReadonlySet<string> = new Set([
  'person',
  'saas_user',
  'run',
  'blocks',
  'steps',
  'loops',
  globalSpace,
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
