import { z } from 'zod';
import type { Recipients } from '#domain/notice';
import { webhookVendor } from '#domain/webhook';
import { defineBlock } from '#engine/block';
import { plain } from '#engine/encode';
import { renderText } from '#engine/template';
import { prepareRecipients, recipientSettings, recipientWords, roleOptions } from './recipients.ts';
import { messageCall, messageEffect } from './webhook-message.ts';

/** Tells people in the app, by e-mail or in a channel, for each record or once when the run has ended. */
export const notify = defineBlock({
  type: 'notify',
  title: 'Notify',
  summary:
    'Tells people in the app, by e-mail or in a channel, for each record or once at the end of the run.',
  group: 'messages',
  level: 'record',
  settings: z.strictObject({
    when: z.enum(['each', 'end']).default('end'),
    channel: z.enum(['app', 'email', 'both', 'webhook']).default('app'),
    ...recipientSettings,
    /** Of a webhook. */
    credentialId: z.string().max(64).default(''),
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
        { value: 'webhook', label: 'By a webhook, such as to Slack' },
      ],
    },
    {
      key: 'credentialId',
      label: 'Webhook',
      control: 'credential',
      hint: 'A credential of the kind Webhook holds its URL, which is a secret.',
      vendorId: webhookVendor.id,
      when: { key: 'channel', is: 'webhook' },
    },
    {
      key: 'operatorIds',
      label: 'Operators',
      control: 'operators',
      hint: 'In the app, everybody sees it when neither operators nor roles are chosen.',
      unless: { key: 'channel', is: 'webhook' },
    },
    {
      key: 'roles',
      label: 'Operators with a role',
      control: 'choices',
      options: roleOptions,
      unless: { key: 'channel', is: 'webhook' },
    },
    {
      key: 'addresses',
      label: 'E-mail addresses',
      control: 'template',
      hint: 'With commas between them. A field of the record may hold one: {{manager_email}}.',
      unless: { key: 'channel', is: 'webhook' },
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
      unless: { key: 'channel', is: 'webhook' },
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
  callClass: ({ channel }) => (channel === 'webhook' ? 'non-idempotent' : undefined),
  effect: ({ channel }) => (channel === 'webhook' ? messageEffect : undefined),

  prepare({ channel, level, title, message, credentialId, ...recipients }, context) {
    if (title.trim() === '') context.issue('title', 'Write a title.');
    const titleTemplate = context.template(title, 'title');
    const messageTemplate = context.template(message, 'message');
    const find = prepareRecipients(recipients, context);
    const { operatorIds, roles, addresses } = recipients;
    const names = operatorIds.length + roles.length > 0;
    if (channel === 'webhook') {
      if (credentialId === '') context.issue('credentialId', 'Choose the webhook.');
      else context.credential(credentialId, 'credentialId');
    } else if (channel !== 'app' && !names && addresses.trim() === '') {
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
      if (channel === 'webhook') return messageCall(credentialId, words, render(messageTemplate));
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
