import type { AgentLoads } from './agent-ports.ts';
import type { Approvals } from './approval-ports.ts';
import type { Mailer, MailStore } from './contact-ports.ts';
import type { createContacts } from './contacts.ts';
import { type LoadScheduleDeps, startDueLoads } from './load-schedule.ts';
import { sendDueMails } from './outbox.ts';
import type { Clock } from './ports.ts';
import { type Repetition, repeat } from './repeat.ts';
import { type KeptForDays, removeOld } from './retention.ts';

const oftenMs = 3_000;
const hourMs = 60 * 60_000;

export interface DutyDeps {
  schedule: Omit<LoadScheduleDeps, 'clock' | 'report' | 'tellNotStarted'>;
  contacts: ReturnType<typeof createContacts>;
  agents: Pick<AgentLoads, 'giveUpSilent'>;
  approvals: Pick<Approvals, 'settle'>;
  startWorkflows: Repetition['work'];
  watchClock: Repetition['work'];
  mails: MailStore;
  /** Null: this server sends no e-mails. */
  mailer: Mailer | null;
  kept: readonly KeptForDays[];
  clock: Clock;
  report: (message: string, error: unknown) => void;
}

export interface Duties {
  start(): void;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/** What the server does by itself: starts loads that are due, tells contacts, sends e-mails, removes what is old. */
export function createDuties(deps: DutyDeps): Duties {
  const {
    schedule,
    contacts,
    agents,
    approvals,
    startWorkflows,
    watchClock,
    mails,
    mailer,
    kept,
    clock,
    report,
  } = deps;
  const { tellNotStarted } = contacts;
  let stops: (() => Promise<void>)[] = [];
  const begin = (name: string, work: Repetition['work'], everyMs = oftenMs): void => {
    stops.push(repeat({ clock, everyMs, work, report: (error) => report(`Could not ${name}`, error) }));
  };

  return {
    start() {
      begin('start the loads that are due', (signal) =>
        startDueLoads({ ...schedule, tellNotStarted, clock, report }, signal),
      );
      begin('look after the clock', watchClock);
      begin('start the workflows that are due', startWorkflows);
      begin('give up loads of silent agents', agents.giveUpSilent);
      begin('tell contacts of loads', contacts.tellOfLoads);
      begin('settle approvals', approvals.settle);
      if (mailer) begin('send e-mails', (signal) => sendDueMails({ store: mails, mailer, clock }, signal));
      for (const each of kept)
        begin(`remove old ${each.what}`, (signal) => removeOld(each, clock, signal), hourMs);
    },

    async stop() {
      await Promise.all(stops.map((stop) => stop()));
      stops = [];
    },
  };
}
