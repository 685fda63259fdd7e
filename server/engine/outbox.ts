import type { Mail, Mailer, MailStore } from './contact-ports.ts';
import type { Clock } from './ports.ts';

const heldMs = 2 * 60_000;
const firstWaitMs = 30_000;
const longestWaitMs = 60 * 60_000;
const giveUpMs = 24 * 60 * 60_000;

export interface OutboxDeps {
  store: MailStore;
  mailer: Mailer;
  clock: Pick<Clock, 'now'>;
}

/**
 * Sends every e-mail that is due. One that cannot be sent is tried again, at waits that double from half a minute to an
 * hour, for a day; then it is given up and said so in the app.
 */
export async function sendDueMails(
  { store, mailer, clock }: OutboxDeps,
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted) {
    const mail = await store.takeDue(clock.now(), clock.now() + heldMs);
    if (!mail) return;
    const outcome = await mailer.send(mail);
    const now = clock.now();
    if (outcome.kind === 'sent') {
      await store.finish(mail.id, now);
    } else if (outcome.isPermanent || now - mail.createdAt >= giveUpMs) {
      await store.giveUp(mail.id, outcome.reason, noteOf(mail, outcome.reason), now);
    } else {
      const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(mail.attempts, 10));
      await store.retryLater(mail.id, outcome.reason, now + waitMs);
    }
  }
}

const noteOf = ({ recipient, subject }: Mail, reason: string) => ({
  level: 'warning' as const,
  title: `An e-mail to ${recipient} could not be sent`,
  message: `“${subject}”: ${reason} Check the address, and the settings ROLLCALL_SMTP_URL and ROLLCALL_MAIL_FROM.`,
  link: null,
});
