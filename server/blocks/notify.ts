import { z } from 'zod';
import { defineBlock } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';

/** Tells the operators, for each record or once when the run has ended. */
export const notify = defineBlock({
  type: 'notify',
  title: 'Notify',
  summary: 'Tells the operators in the app, for each record or once at the end of the run.',
  group: 'messages',
  level: 'record',
  settings: z.strictObject({
    when: z.enum(['each', 'end']).default('end'),
    level: z.enum(['info', 'success', 'warning', 'error']).default('info'),
    title: z.string().max(200).default('{{run.workflow}} has finished'),
    message: z
      .string()
      .max(4000)
      .default('{{run.succeeded}} of {{run.total}} records done, {{run.failed}} failed.'),
  }),
  form: [
    {
      key: 'when',
      label: 'Send',
      control: 'select',
      options: [
        { value: 'end', label: 'Once, at the end of the run' },
        { value: 'each', label: 'For each record' },
      ],
    },
    {
      key: 'level',
      label: 'Level',
      control: 'select',
      options: [
        { value: 'info', label: 'Information' },
        { value: 'success', label: 'Success' },
        { value: 'warning', label: 'Warning' },
        { value: 'error', label: 'Error' },
      ],
    },
    { key: 'title', label: 'Title', control: 'template' },
    {
      key: 'message',
      label: 'Message',
      control: 'template',
      hint: 'At the end of the run, {{run.total}} and {{blocks.delete_user.success}} hold sums.',
    },
  ],
  exits: [
    { id: 'success', label: 'Success', tone: 'main' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],

  isAtEnd: ({ when }) => when === 'end',

  prepare({ level, title, message }, context) {
    if (title.trim() === '') context.issue('title', 'Write a title.');
    const titleTemplate = context.template(title, 'title');
    const messageTemplate = context.template(message, 'message');

    return ({ variables }) => ({
      kind: 'done',
      exit: 'success',
      notification: {
        level,
        title: renderText(titleTemplate, variables, { encode: plain, strict: false }).slice(0, 200),
        message: renderText(messageTemplate, variables, { encode: plain, strict: false }),
        link: null,
      },
    });
  },
});
