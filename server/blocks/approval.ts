import { z } from 'zod';
import { operatorIdsSchema } from '#domain/notice';
import type { Answer } from '#engine/ask-ports';
import { type Done, defineBlock } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';
import { roleOptions } from './recipients.ts';

/** Roles that may agree to requests. */
const deciding = ['approver', 'admin', 'owner'] as const;

/** Asks people, and goes on as they say. */
export const approval = defineBlock({
  type: 'approval',
  title: 'Approval',
  summary: 'Asks people for a yes, for each record or once for all that wait, and goes on as they say.',
  group: 'messages',
  level: 'record',
  settings: z.strictObject({
    per: z.enum(['record', 'run']).default('run'),
    question: z.string().max(400).default('May {{run.workflow}} go on?'),
    operatorIds: operatorIdsSchema.default([]),
    roles: z.array(z.enum(deciding)).max(deciding.length).default(['approver', 'admin', 'owner']),
    hours: z.int().min(1).max(720).default(72),
  }),
  form: [
    {
      key: 'per',
      label: 'Asks',
      control: 'select',
      options: [
        { value: 'run', label: 'Once for all records that wait here' },
        { value: 'record', label: 'For each record' },
      ],
      hint: 'It asks as soon as nothing else of the run can be done, and shows which records wait.',
    },
    {
      key: 'question',
      label: 'Question',
      control: 'template',
      hint: 'What is agreed to, such as: Delete the account of {{email}}?',
    },
    {
      key: 'operatorIds',
      label: 'Operators',
      control: 'operators',
      hint: 'They need a role that may agree: approver, admin or owner.',
    },
    {
      key: 'roles',
      label: 'Operators with a role',
      control: 'choices',
      options: roleOptions.filter(({ value }) => deciding.some((role) => role === value)),
    },
    { key: 'hours', label: 'Expires after (hours)', control: 'number', hint: 'From 1 to 720.' },
  ],
  exits: [
    { id: 'approved', label: 'Approved', tone: 'main' },
    { id: 'denied', label: 'Denied', tone: 'other' },
    { id: 'expired', label: 'Expired', tone: 'unknown' },
  ],

  asks: ({ operatorIds, roles, hours }) => ({ operatorIds, roles, hours }),

  prepare({ per, question, operatorIds, roles }, context) {
    if (question.trim() === '') context.issue('question', 'Write what is asked.');
    if (operatorIds.length + roles.length === 0) {
      context.issue('operatorIds', 'Say who answers: operators, or a role.');
    }
    const template = context.template(question, 'question');
    return ({ variables }) => ({
      kind: 'ask',
      isShared: per === 'run',
      question: renderText(template, variables, { encode: plain, strict: false })
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300),
      conclude,
    });
  },
});

function conclude({ status, by, reason }: Answer): Done {
  const who = by ?? 'Somebody';
  const why = reason === '' ? '' : ` “${reason}”`;
  if (status === 'approved') return { kind: 'done', exit: 'approved', note: `${who} said yes.${why}` };
  if (status === 'expired') return { kind: 'done', exit: 'expired', note: 'Nobody answered in time.' };
  const note = status === 'denied' ? `${who} said no.${why}` : `The question was taken back.${why}`;
  return { kind: 'done', exit: 'denied', note };
}
