import type { z } from 'zod';

/** What a question found out about a vendor's definition. */
export interface Finding {
  /** An error makes the vendor unusable; a note says what was not asked, or is worth a look. */
  severity: 'error' | 'note';
  /** Where in the definition, such as `presets.delete-user.request.path`. Entries of lists go by their id. */
  place: string;
  /** A sentence: what is wrong, and what to do. */
  message: string;
}

export const error = (place: string, message: string): Finding => ({ severity: 'error', place, message });
export const note = (place: string, message: string): Finding => ({ severity: 'note', place, message });

export const isError = ({ severity }: Finding): boolean => severity === 'error';

/** One line for a terminal or a log. */
export const toLine = ({ severity, place, message }: Finding): string =>
  `${severity.padEnd(6)} ${place === '' ? 'file' : place}: ${message}`;

/** What the schema has against a definition. Entries of lists are named by their id, key or name where they have one. */
export function shapeFindings({ issues }: z.ZodError, content: unknown): Finding[] {
  return issues.map((issue) => error(placeOf(issue.path, content), sentenceOf(issue)));
}

function placeOf(path: readonly PropertyKey[], content: unknown): string {
  const names: string[] = [];
  let value = content;
  for (const part of path) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
    const name = typeof part === 'number' ? nameOf(value) : undefined;
    names.push(name ?? String(part));
  }
  return names.join('.');
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { id, key, name } = entry as Record<string, unknown>;
  return [id, key, name].find((one): one is string => typeof one === 'string' && one !== '');
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((name) => `"${name}"`).join(', ');
    return `There is no ${names} here. Take it away, or look for a slip of the pen.`;
  }
  if (issue.code === 'invalid_type' && message.includes('received undefined'))
    return `This is missing; ${article(String(issue.expected))} is expected. Add it.`;
  if (issue.code === 'invalid_value') return `This must be one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'invalid_union') return 'None of the kinds that are possible here fits. Compare "kind".';
  return `${message.replace(/\.?$/, '.')}`;
}

const article = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
