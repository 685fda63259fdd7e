import type { Field } from '#contract';

/** Values as inputs hold them: texts, by external id. */
export type PersonDraft = Record<string, string>;

export function toDraft(fields: readonly Field[], values: Record<string, unknown>): PersonDraft {
  return Object.fromEntries(fields.map(({ externalId }) => [externalId, toText(values[externalId])]));
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join('\n');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** What the inputs hold, as the server takes it. Text that is no JSON stays text. */
export function toValues(fields: readonly Field[], draft: PersonDraft): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ externalId, type }) => [externalId, toValue(type, draft[externalId] ?? '')]),
  );
}

function toValue(type: Field['type'], text: string): unknown {
  if (text.trim() === '') return null;
  if (type === 'list')
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (type !== 'json') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
