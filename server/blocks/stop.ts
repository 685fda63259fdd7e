import { z } from 'zod';
import { defineBlock } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';

/** Ends a path and marks its record as failed, in the author's words. */
export const stop = defineBlock({
  type: 'stop',
  title: 'Stop',
  summary: 'Ends the path and marks the record as failed, with a message.',
  group: 'triggers',
  level: 'record',
  settings: z.strictObject({ message: z.string().max(1000).default('') }),
  form: [
    {
      key: 'message',
      label: 'Message',
      control: 'template',
      hint: 'Why this is a failure, such as: {{email}} has no manager.',
    },
  ],
  exits: [],

  prepare({ message }, context) {
    if (message.trim() === '') context.issue('message', 'Say why this is a failure.');
    const template = context.template(message, 'message');
    return ({ variables }) => ({
      kind: 'done',
      exit: 'stop',
      error:
        renderText(template, variables, { encode: plain, strict: false }).trim() ||
        'Stopped by the workflow.',
    });
  },
});
