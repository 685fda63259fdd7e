import type { Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import type { ContactStore, Telling, Trouble } from './contact-ports.ts';
import type { NewNotification } from './journal-ports.ts';
import type { Clock } from './ports.ts';

const lateMs = 24 * 60 * 60_000;

export interface ContactDeps {
  store: ContactStore;
  clock: Pick<Clock, 'now'>;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
  /** Called after something was told. */
  told: () => void;
}

interface Message {
  about: Telling['about'];
  level: NewNotification['level'];
  /** What happened, without the name of the integration: `failed`. */
  happened: string;
  reason: string;
  next: string;
  load: Load | null;
}

/** Tells the contacts of integrations how their loads went: what went wrong, and once that it goes well again. */
export function createContacts({ store, clock, publicUrl, told }: ContactDeps) {
  return {
    /** Tells of every load that ended or is late since the last time. A crash in between loses none. */
    async tellOfLoads(): Promise<void> {
      const now = clock.now();
      for (const { load, integration } of await store.untoldLoads(now - lateMs)) {
        const message = messageOf(load);
        const telling = message && toTelling(integration, message, publicUrl);
        await store.tellOfLoad(load.id, load.finishedAt === null ? 'late' : 'end', telling, now);
        if (telling) told();
      }
    },

    /** Tells that a load did not start when it was due. */
    async tellNotStarted(integration: Integration, dueAt: number, reason: string): Promise<void> {
      const at = toTimeText(new Date(dueAt).toISOString(), integration);
      const message: Message = {
        about: 'not_started',
        level: 'warning',
        happened: 'did not start',
        reason: `It was due at ${at}. ${reason}`,
        next: '',
        load: null,
      };
      await store.tell(toTelling(integration, message, publicUrl), clock.now());
      told();
    },
  };
}

const troubles: Record<Trouble, Pick<Message, 'level' | 'happened' | 'next'>> = {
  failed: {
    level: 'error',
    happened: 'failed',
    next: 'Mend the cause, then load users again. What was written stays.',
  },
  late: {
    level: 'warning',
    happened: 'has not finished within 24 hours',
    next: 'Look at its progress, and cancel it when it stands still.',
  },
  held: {
    level: 'warning',
    happened: 'is held',
    next: 'Look at the missing accounts, then decide what becomes of them.',
  },
  not_started: { level: 'warning', happened: 'did not start', next: '' },
};

/** What is to be told of a load as it stands; null when there is nothing to say. */
function messageOf(load: Load): Message | null {
  const trouble = (about: Trouble, reason: string): Message => ({ about, ...troubles[about], reason, load });
  if (load.finishedAt === null) return trouble('late', 'It may be slow, or it may wait for the vendor.');
  if (load.status === 'failed') return trouble('failed', load.error ?? 'Nobody knows why.');
  if (load.status === 'held') return trouble('held', load.error ?? 'Too many accounts are missing.');
  if (load.status === 'cancelled') return null;
  const next = 'Nothing is to be done.';
  return { about: 'well', level: 'success', happened: 'works again', reason: '', next, load };
}

function toTelling(integration: Integration, message: Message, publicUrl: string): Telling {
  const { id, name, contacts } = integration;
  const { about, level, happened, reason, next, load } = message;
  const title = `The user load “${name}” ${happened}`;
  const path = load ? `/loads/${load.id}` : `/integrations/${id}`;
  const once = 'You get one e-mail of this kind until a load goes well again.';
  const parts = [
    `${title}.`,
    reason,
    load && factsOf(load, integration),
    next,
    `The integration: ${publicUrl}/integrations/${id}`,
    load && `This load: ${publicUrl}/loads/${load.id}`,
    `You are a contact of this integration. ${about === 'well' ? '' : once}`.trim(),
  ];
  return {
    integrationId: id,
    contacts,
    about,
    notification: { level, title, message: `${reason} ${next}`.trim(), link: path },
    mail: { subject: title, text: `${parts.filter(Boolean).join('\n\n')}\n` },
  };
}

function factsOf({ startedAt, startedBy, tally }: Load, integration: Integration): string {
  const { read, created, updated, skipped, failed } = tally;
  return `Started at ${toTimeText(startedAt, integration)} by ${startedBy}. Records read: ${read}, created: ${created}, updated: ${updated}, skipped: ${skipped}, failed: ${failed}.`;
}

/** A time as the clocks of its schedule show it. */
function toTimeText(iso: string, { schedule }: Integration): string {
  const timeZone = schedule?.timeZone ?? 'UTC';
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return `${text.format(new Date(iso))} (${timeZone})`;
}
