import { newId } from '#domain/ids';
import { createContacts } from '#engine/contacts';
import { createDuties } from '#engine/duties';
import { createContactStore } from '../store/contacts.ts';
import { createLoadScheduleStore } from '../store/load-schedule.ts';
import { createMailStore } from '../store/mails.ts';
import { createOldSteps } from '../store/old-steps.ts';
import { createWebhookStore } from '../store/webhook-starts.ts';
import type { Foundation } from './foundation.ts';
import type { Guarding } from './guarding.ts';
import type { Loading } from './loading.ts';
import type { Running } from './running.ts';

/** E-mails hold addresses and are of no use once they have arrived. */
const mailDays = 30;

/** What the server does by the clock, and the e-mails that come of it. */
export async function createUpkeep(
  foundation: Foundation,
  { clockWatch }: Guarding,
  { loads, loadStore, agentLoads }: Loading,
  { scheduleStore, startDue }: Running,
) {
  const { config, database, publicUrl, common, sendsMail } = foundation;
  const { clock, events, report } = common;
  const contactStore = createContactStore(database, { newId, sendsMail });
  const mailer =
    config.mail &&
    (await import('../mail/smtp.ts')).createSmtp({ ...config.mail, host: new URL(publicUrl).hostname });
  const mailStore = createMailStore(database, newId);
  const days = config.historyDays;
  const duties = createDuties({
    schedule: { store: createLoadScheduleStore(database), loads },
    agents: agentLoads,
    contacts: createContacts({
      store: contactStore,
      clock,
      publicUrl,
      told: () => events.listChanged('notifications'),
    }),
    approvals: foundation.approvals,
    watchClock: () => clockWatch.look(),
    startWorkflows: startDue,
    mails: mailStore,
    mailer,
    kept: [
      { what: 'steps of runs', days, removeSome: createOldSteps(database).removeSome },
      { what: 'logs of loads', days, removeSome: loadStore.removeIssues },
      { what: 'times of schedules', days, removeSome: scheduleStore.removeSome },
      { what: 'calls of webhooks', days: mailDays, removeSome: createWebhookStore(database).removeSome },
      { what: 'e-mails', days: mailDays, removeSome: mailStore.removeSome },
    ],
    clock,
    report,
  });
  return {
    start: () => duties.start(),
    async stop() {
      await duties.stop();
      mailer?.close();
    },
    contacts: {
      choices: async () => ({ operators: await contactStore.operators(), sendsMail }),
    },
  };
}
