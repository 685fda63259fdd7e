import { z } from 'zod';
import { conditionGroupSchema } from '#domain/condition';
import { defineBlock } from '#engine/block';
import { fieldsOf } from './conditions.ts';

/** Where every run starts: says by what, and which records it works on. */
export const begin = defineBlock({
  type: 'begin',
  title: 'Begin',
  summary: 'Starts the workflow and chooses the records it runs over.',
  group: 'triggers',
  level: 'run',
  hasInput: false,
  settings: z.strictObject({
    trigger: z.enum(['manual']).default('manual'),
    records: z.enum(['active', 'deactivated', 'both']).default('active'),
    rules: conditionGroupSchema.default({ match: 'all', rules: [] }),
  }),
  form: [
    {
      key: 'trigger',
      label: 'Starts',
      control: 'select',
      options: [{ value: 'manual', label: 'When an operator runs it' }],
    },
    {
      key: 'records',
      label: 'Records',
      control: 'select',
      options: [
        { value: 'active', label: 'Active only' },
        { value: 'deactivated', label: 'Deactivated only' },
        { value: 'both', label: 'Active and deactivated' },
      ],
    },
    {
      key: 'rules',
      label: 'Rules',
      control: 'conditions',
      hint: 'A record runs only when the rules are surely true. Missing or malformed values leave it out.',
    },
  ],
  exits: [{ id: 'next', label: 'Next', tone: 'main' }],

  prepare(settings, context) {
    for (const field of fieldsOf(settings.rules)) context.uses(field, 'rules');
    return () => ({ kind: 'done', exit: 'next' });
  },
});
