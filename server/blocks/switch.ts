import { z } from 'zod';
import { conditionGroupSchema, evaluateCondition } from '#domain/condition';
import { defineBlock } from '#engine/block';
import { prepareReader } from './conditions.ts';

/** An id that is an exit and stays when the case is called something else. */
const caseIdSchema = z
  .string()
  .regex(/^case_[a-z0-9]{1,12}$/, 'The id of a case is "case_" with small letters and digits.');

/** Splits by named cases: the first one that surely holds. What cannot be decided is none of them, and not otherwise. */
export const switchBlock = defineBlock({
  type: 'switch',
  title: 'Switch',
  summary: 'Splits by named cases. The first one that holds is taken.',
  group: 'logic',
  level: 'record',
  exitsIn: 'cases',
  settings: z.strictObject({
    cases: z
      .array(z.strictObject({ id: caseIdSchema, label: z.string().max(60), condition: conditionGroupSchema }))
      .max(20, 'A Switch has at most 20 cases. Split it in two.')
      .default([{ id: 'case_1', label: 'Case 1', condition: { match: 'all', rules: [] } }]),
  }),
  form: [
    {
      key: 'cases',
      label: 'Cases',
      control: 'cases',
      hint: 'They are tried in this order. A missing or malformed value takes the Unknown exit.',
    },
  ],
  exits: [
    { id: 'otherwise', label: 'Otherwise', tone: 'other' },
    { id: 'unknown', label: 'Unknown', tone: 'unknown' },
  ],

  prepare({ cases }, context) {
    if (cases.length === 0) context.issue('cases', 'Add at least one case.');
    const labels = new Set<string>();
    const ids = new Set<string>();
    for (const [i, { id, label, condition }] of cases.entries()) {
      const setting = `cases[${i}]`;
      const key = label.trim().toLowerCase();
      if (key === '') context.issue(setting, 'Give every case a name.');
      else if (labels.has(key))
        context.issue(setting, `Two cases are called "${label}". Rename one of them.`);
      if (ids.has(id)) context.issue(setting, `Two cases have the id "${id}". Remove one of them.`);
      if (condition.rules.length === 0) context.issue(setting, `Add a rule to the case "${label}".`);
      labels.add(key);
      ids.add(id);
    }
    const reader = prepareReader(
      cases.map(({ condition }) => condition),
      'cases',
      context,
    );

    return ({ variables, now }) => {
      const { read, note } = reader(variables);
      for (const { id, label, condition } of cases) {
        const truth = evaluateCondition(condition, read, now);
        // An earlier case that may hold comes before a later one that does.
        if (truth === 'unknown') {
          return { kind: 'done', exit: 'unknown', note: `Whether “${label}” holds is not known. ${note}` };
        }
        if (truth === 'yes') return { kind: 'done', exit: id, note: `“${label}” holds. ${note}` };
      }
      return { kind: 'done', exit: 'otherwise', note: `No case holds. ${note}` };
    };
  },
});
