import { z } from 'zod';
import { conditionGroupSchema, evaluateCondition } from '#domain/condition';
import { defineBlock } from '#engine/block';
import { prepareReader } from './conditions.ts';

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
    const reader = prepareReader([condition], 'condition', context);

    return ({ variables, now }) => {
      const { read, note } = reader(variables);
      return {
        kind: 'done',
        exit: evaluateCondition(condition, read, now),
        ...(note === '' ? {} : { note }),
      };
    };
  },
});
