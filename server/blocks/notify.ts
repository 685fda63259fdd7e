import { z } from 'zod';
import type { Recipients } from '#domain/notice';
import { defineBlock } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';
import { prepareRecipients, recipientSettings, recipientWords, roleOptions } from './recipients.ts';

/** Tells people in the app and by e-mail, for each record or once when the run has ended. */
export const notify = defineBlock({
  type: 'notify',
  title: 'Notify',
  summary: 'Tells people in the app or by e-mail, for each record or once at the end of the run.',
  group: 'messages',
  level: 'record',
  settings: z.strictObject({
    when: z.enum(['each', 'end']).default('end'),
    channel: z.enum(['app', 'email', 'both']).default('app'),
    ...recipientSettings,
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
      key: 'channel',
      label: 'How',
      control: 'select',
      options: [
        { value: 'app', label: 'In the app' },
        { value: 'email', label: 'By e-mail' },
        { value: 'both', label: 'In the app and by e-mail' },
      ],
    },
    {
      key: 'operatorIds',
      label: 'Operators',
      control: 'operators',
      hint: 'In the app, everybody sees it when neither operators nor roles are chosen.',
    },
    { key: 'roles', label: 'Operators with a role', control: 'choices', options: roleOptions },
    {
      key: 'addresses',
      label: 'E-mail addresses',
      control: 'template',
      hint: 'With commas between them. A field of the record may hold one: {{manager_email}}.',
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

  prepare({ channel, level, title, message, ...recipients }, context) {
    if (title.trim() === '') context.issue('title', 'Write a title.');
    const titleTemplate = context.template(title, 'title');
    const messageTemplate = context.template(message, 'message');
    const find = prepareRecipients(recipients, context);
    const { operatorIds, roles, addresses } = recipients;
    const names = operatorIds.length + roles.length > 0;
    if (channel !== 'app' && !names && addresses.trim() === '') {
      context.issue('addresses', 'Say who gets the e-mail: operators, a role, or an address.');
    }
    if (channel === 'app' && addresses.trim() !== '') {
      context.issue('addresses', 'Addresses are written to by e-mail only. Choose that, too.', 'warning');
    }
    const readers = names ? { operatorIds, roles } : null;

    return ({ variables }) => {
      const render = (template: typeof titleTemplate): string =>
        renderText(template, variables, { encode: plain, strict: false });
      // A line break in a subject would be another header.
      const words = render(titleTemplate).replace(/\s+/g, ' ').trim().slice(0, 200);
      const notice = { level, title: words, message: render(messageTemplate), link: null };
      if (channel === 'app') {
        return { kind: 'done', exit: 'success', notification: { ...notice, readers } };
      }
      const found: Recipients | string = find(variables);
      if (typeof found === 'string') return { kind: 'done', exit: 'failure', error: found };
      const mail = { ...found, subject: words, text: notice.message };
      return {
        kind: 'done',
        exit: 'success',
        note: `E-mail to ${recipientWords(found)}.`,
        notification: { ...notice, mail, ...(channel === 'both' ? { readers } : {}) },
      };
    };
  },
});
