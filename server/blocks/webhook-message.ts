import { webhookVendor } from '#domain/webhook';
import type { Call } from '#engine/block';

/** What a message to a channel does, as plans and limits see it: it adds something, and takes nothing from anybody. */
export const messageEffect = {
  does: 'create',
  undo: { kind: 'permanent' },
  vendorId: webhookVendor.id,
  presetId: 'message',
  limitKind: null,
  isGuarded: false,
  hasTarget: false,
} as const;

const timeoutMs = 15_000;
const attempts = 3;

/** One message to a webhook. Sent twice it stands there twice, so an unclear one is for a person to decide. */
export function messageCall(credentialId: string, title: string, message: string): Call {
  const text = [`*${escapeText(title)}*`, escapeText(message)].filter((part) => part !== '').join('\n');
  return {
    kind: 'call',
    call: {
      credential: { id: credentialId },
      class: 'non-idempotent',
      method: 'POST',
      // The credential holds the path: it is the secret.
      url: '/',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      timeoutMs,
    },
    vendor: 'The webhook',
    attempts,
    effect: messageEffect,
    rule: { statuses: [200, 201, 202, 204], mediaType: 'any', notFound: undefined },
    conclude: ({ kind, message: reason }) =>
      kind === 'ok'
        ? { kind: 'done', exit: 'success', note: 'The message was taken.' }
        : { kind: 'done', exit: 'failure', error: reason },
  };
}

/** The three characters that mean something in such a text, as Slack wants them written. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
