import { z } from 'zod';
import { conditionGroupSchema, evaluateCondition } from '#domain/condition';
import { defineBlock } from '#engine/block';
import { renderValue } from '#engine/template';
import { fieldsOf } from './conditions.ts';

/** Splits by a condition with three answers: what cannot be decided is neither yes nor no. */
export const ifBlock = defineBlock({
  type: 'if',
  title: 'If',
  summary: 'Splits by a condition over fields and variables.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({ condition: conditionGroupSchema.default({ match: 'all', rules: [] }) }),
  form: [
    {
      key: 'condition',
      label: 'Condition',
      control: 'conditions',
      hint: 'Missing or malformed values take the Unknown exit, never Yes or No.',
    },
  ],
  exits: [
    { id: 'yes', label: 'Yes', tone: 'main' },
    { id: 'no', label: 'No', tone: 'other' },
    { id: 'unknown', label: 'Unknown', tone: 'unknown' },
  ],

  prepare({ condition }, context) {
    if (condition.rules.length === 0) context.issue('condition', 'Add at least one rule.');
    const templates = new Map(
      fieldsOf(condition).map((field) => [field, context.template(`{{${field}}}`, 'condition')]),
    );

    return ({ variables, now }) => {
      const read = (field: string): unknown => {
        const template = templates.get(field);
        return template && renderValue(template, variables);
      };
      const values = [...templates.keys()].map((field) => `${field} ${valueWords(read(field))}`);
      const note = values.length === 0 ? {} : { note: `${values.join(', ')}.` };
      return { kind: 'done', exit: evaluateCondition(condition, read, now), ...note };
    };
  },
});

const longestValue = 80;

/** A value as it was judged by, for whoever asks later why a record went this way. */
function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'is missing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `was ${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}`;
}
