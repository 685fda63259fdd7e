import { z } from 'zod';
import { externalIdSchema } from '#domain/field';
import { type Assignment, defineBlock } from '#engine/block';
import { renderValue } from '#engine/template';
import { noSaasUser } from './sentences.ts';

/** Writes fields of the person or the SaaS user. Nothing is sent to the app. */
export const updateRecord = defineBlock({
  type: 'update-record',
  title: 'Update Record',
  summary: 'Sets fields of our own record, or marks it deactivated. Nothing is sent to the app.',
  group: 'people',
  level: 'record',
  settings: z.strictObject({
    setStatus: z.enum(['keep', 'active', 'deactivated']).default('keep'),
    assignments: z
      .array(
        z.strictObject({
          target: z.strictObject({ kind: z.enum(['person', 'saas_user']), name: externalIdSchema }),
          value: z.string(),
        }),
      )
      .max(50)
      .default([]),
  }),
  form: [
    {
      key: 'setStatus',
      label: 'Status of the record',
      control: 'select',
      options: [
        { value: 'keep', label: 'Leave as it is' },
        { value: 'deactivated', label: 'Mark as deactivated' },
        { value: 'active', label: 'Mark as active' },
      ],
    },
    { key: 'assignments', label: 'Fields', control: 'assignments' },
  ],
  exits: [
    { id: 'success', label: 'Success', tone: 'main' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],

  prepare({ setStatus, assignments }, context) {
    if (setStatus === 'keep' && assignments.length === 0) {
      context.issue('assignments', 'Set at least one field, or choose a status.', 'warning');
    }
    const rows = assignments.map(({ target, value }, i) => {
      const isKnown = context.fields.some(
        (field) => field.recordType === target.kind && field.externalId === target.name,
      );
      if (!isKnown)
        context.issue(`assignments[${i}]`, `There is no field "${target.name}". Choose another or add it.`);
      if (target.kind === 'saas_user' && !context.hasSaasUser) {
        context.issue(`assignments[${i}]`, noSaasUser);
      }
      return { target, template: context.template(value, `assignments[${i}]`) };
    });

    return ({ variables, subject }) => {
      const assign: Assignment[] = rows.map(({ target, template }) => ({
        record: target.kind,
        field: target.name,
        value: renderValue(template, variables),
      }));
      if (setStatus !== 'keep') {
        const isDeactivated = setStatus === 'deactivated';
        assign.push(
          subject.saasUser
            ? { record: 'saas_user', field: 'is_deactivated', value: isDeactivated }
            : { record: 'person', field: 'status', value: setStatus },
        );
      }
      return { kind: 'done', exit: 'success', assign };
    };
  },
});
