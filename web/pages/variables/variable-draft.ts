import type { GlobalValue, GlobalVariableView } from '#contract';

export const typeLabels = { text: 'Text', number: 'Number', boolean: 'Yes or no' } as const;
export type VariableType = keyof typeof typeLabels;

/** A global variable while it is typed. */
export interface VariableDraft {
  name: string;
  type: VariableType;
  text: string;
  note: string;
}

export const typeOf = (value: GlobalValue): VariableType =>
  typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean');

export const toDraft = (variable: GlobalVariableView | null): VariableDraft => ({
  name: variable?.name ?? '',
  type: typeOf(variable?.value ?? ''),
  text: String(variable?.value ?? ''),
  note: variable?.note ?? '',
});

/** What the text says in its type; null while it says nothing of the kind. */
export function readValue({ type, text }: VariableDraft): GlobalValue | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (type === 'text') return typed;
  if (type === 'boolean') return typed === 'true';
  const number = Number(typed);
  return Number.isFinite(number) ? number : null;
}

/** As it is shown: yes and no in words. */
export function wordOf(value: GlobalValue): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}
