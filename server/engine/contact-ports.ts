import type { Contacts, Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import type { NewNotification } from './journal-ports.ts';

/** Kinds of trouble with the loads of an integration. Of each, contacts get one e-mail until a load goes well. */
export type Trouble = 'failed' | 'late' | 'not_started' | 'held';

export interface Recipient {
  id: string;
  name: string;
  email: string;
}

/** What contacts are told, in the app and by e-mail. */
export interface Telling {
  integrationId: string;
  contacts: Contacts;
  /** `well` is told only to those who know of trouble, and clears it. */
  about: Trouble | 'well';
  notification: NewNotification;
  mail: { subject: string; text: string };
}

/** A load that contacts were not told all of, with its integration. */
export interface UntoldLoad {
  load: Load;
  integration: Integration;
}

export interface ContactStore {
  /** Everybody who may be chosen as a contact, by name. */
  operators(): Promise<Recipient[]>;
  /** Loads that have ended, or began before that time, and were not told of as such; the oldest first. */
  untoldLoads(lateSince: number): Promise<UntoldLoad[]>;
  /** Marks how much of a load is told and writes what is told of it, in one transaction; nothing when another process did. */
  tellOfLoad(loadId: string, told: 'late' | 'end', telling: Telling | null, at: number): Promise<void>;
  tell(telling: Telling, at: number): Promise<void>;
}

export interface NewMail {
  recipient: string;
  subject: string;
  text: string;
}

export interface Mail extends NewMail {
  id: string;
  /** How often it was tried before. */
  attempts: number;
  createdAt: number;
}

/** What came of sending, as data. */
export type MailOutcome =
  | { kind: 'sent' }
  /** `isPermanent`: the mail server refuses this recipient or this mail for good. */
  | { kind: 'failed'; reason: string; isPermanent: boolean };

export interface Mailer {
  /** Sends once. The id makes a mail that comes twice recognisable. Never throws. */
  send(mail: Pick<Mail, 'id' | 'recipient' | 'subject' | 'text'>): Promise<MailOutcome>;
}

/** E-mails on their way. */
export interface MailStore {
  /** Takes a mail that is due: nobody else tries it until `heldUntil`. */
  takeDue(now: number, heldUntil: number): Promise<Mail | undefined>;
  finish(id: string, at: number): Promise<void>;
  retryLater(id: string, reason: string, nextAttemptAt: number): Promise<void>;
  /** Ends a mail that cannot be sent and says so in the app. */
  giveUp(id: string, reason: string, notification: NewNotification, at: number): Promise<void>;
  /** Removes up to `limit` mails that were sent or given up before this time, the oldest first. Gives how many. */
  removeSome(before: number, limit: number): Promise<number>;
}

/** Integrations whose schedule starts a load. */
export interface LoadScheduleStore {
  /** Takes one that is due: nobody else starts its load until `heldUntil`. */
  takeDue(now: number, heldUntil: number): Promise<Integration | undefined>;
  /** Sets the next time; nothing when somebody changed the schedule meanwhile. */
  advance(id: string, from: number, next: number | null): Promise<void>;
}

/** What the doors ask of contacts. */
export interface ContactService {
  /** Who may be chosen, and whether this server sends e-mails at all. */
  choices(): Promise<{ operators: Recipient[]; sendsMail: boolean }>;
}
