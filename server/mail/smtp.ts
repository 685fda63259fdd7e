import { createTransport } from 'nodemailer';
import { maskSecrets } from '#domain/mask';
import type { Mailer } from '#engine/contact-ports';

const connectMs = 10_000;
const silenceMs = 30_000;
/** A link, a name and a mail server's refusal, not a book. */
const maxReason = 300;

export interface Smtp extends Mailer {
  close(): void;
}

/** Sends e-mails through the mail server of `url`, such as `smtps://user:password@mail.acme.test`. */
export function createSmtp({ url, from, host }: { url: string; from: string; host: string }): Smtp {
  const { username, password } = new URL(url);
  const transport = createTransport({
    url,
    // A name and a password never cross the network in the clear.
    requireTLS: username !== '' && url.startsWith('smtp:'),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // What is sent is text that we wrote, never a file or an address that somebody named.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const secrets = [password, decodeURIComponent(password)];

  return {
    async send({ id, recipient, subject, text }) {
      try {
        // As an object, so that an address is one address whatever it holds.
        const to = { name: '', address: recipient };
        const headers = { 'Auto-Submitted': 'auto-generated' };
        await transport.sendMail({ from, to, subject, text, headers, messageId: `<${id}@${host}>` });
        return { kind: 'sent' };
      } catch (error) {
        const { message, responseCode, command } = error as Error & {
          responseCode?: number;
          command?: string;
        };
        const isRefused = responseCode !== undefined && responseCode >= 500;
        const isAboutMail = command === 'RCPT TO' || command === 'DATA';
        // Some servers repeat what they were sent, which is base64.
        const spelt = secrets.filter(Boolean).reduce((said, one) => said.replaceAll(one, '•••'), message);
        const reason = maskSecrets(spelt, secrets);
        return {
          kind: 'failed',
          reason: `${reason.slice(0, maxReason).replace(/\.$/, '')}.`,
          isPermanent: isRefused && isAboutMail,
        };
      }
    },

    close: () => transport.close(),
  };
}
