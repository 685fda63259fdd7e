import type { ConditionGroup } from '#domain/condition';
import type { PrepareContext, StepContext } from '#engine/block';
import { renderValue } from '#engine/template';

/** Every field that a group of rules reads. */
export function fieldsOf(group: ConditionGroup): string[] {
  return group.rules.flatMap((rule) => ('rules' in rule ? fieldsOf(rule) : [rule.field]));
}

/** What rules are judged by at one step. */
export interface RuleReader {
  read(field: string): unknown;
  /** The values in words, for whoever asks later why a record went this way; empty where nothing is read. */
  note: string;
}

/** Prepares every value that some conditions read. */
export function prepareReader(
  conditions: readonly ConditionGroup[],
  setting: string,
  context: PrepareContext,
): (variables: StepContext['variables']) => RuleReader {
  const fields = new Set(conditions.flatMap(fieldsOf));
  const templates = new Map([...fields].map((field) => [field, context.template(`{{${field}}}`, setting)]));
  return (variables) => {
    const read = (field: string): unknown => {
      const template = templates.get(field);
      return template && renderValue(template, variables);
    };
    const values = [...fields].map((field) => `${field} ${valueWords(read(field))}`);
    return { read, note: values.length === 0 ? '' : `${values.join(', ')}.` };
  };
}

const longestValue = 80;

function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'is missing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `was ${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}`;
}
