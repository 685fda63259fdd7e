import { z } from 'zod';
import { loadModes, loadPreferences, loadSchema } from './load.ts';
import { mappingSchema } from './mapping.ts';
import { scheduleSchema } from './schedule.ts';

/** Whom to tell when loads go wrong. */
export const contactsSchema = z.strictObject({
  /** Operators are told in the app and by e-mail. */
  operatorIds: z.array(z.string()).max(50),
  /** Others are told by e-mail. */
  addresses: z.array(z.email('Enter an e-mail address such as it@acme.test.').max(254)).max(50),
});
export type Contacts = z.infer<typeof contactsSchema>;

/** What becomes of SaaS users that a complete load does not list any more. */
export const missingAccountsSchema = z.strictObject({
  action: z.enum(['leave', 'deactivate']),
  /** When more than this share of the known accounts is missing, nothing is done and contacts are told. */
  maxSharePercent: z.int().min(0).max(100),
});
export type MissingAccounts = z.infer<typeof missingAccountsSchema>;

/** Values that the vendor's load asks for, such as `account_key`. */
export const inputsSchema = z.record(z.string().max(60), z.string().trim().max(500));

/** A configured user load of one vendor. */
export const integrationSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  vendorId: z.string(),
  /** The app that its SaaS users belong to; null for *User only* or before the first launch. */
  appId: z.string().nullable(),
  mode: z.enum(loadModes),
  preference: z.enum(loadPreferences),
  credentialId: z.string().nullable(),
  /** Where loads happen: on this server, or by an agent near the secrets. */
  installation: z.enum(['cloud', 'local']),
  /** Of a local installation: the agent, and the name of its own credential. */
  agentId: z.string().nullable(),
  agentCredential: z.string(),
  inputs: inputsSchema,
  mapping: mappingSchema,
  /** Counts the mappings that were saved; whoever saves one names the version that it began from. */
  mappingVersion: z.int().min(0),
  missingAccounts: missingAccountsSchema,
  contacts: contactsSchema,
  /** Null: loads are started by hand or by workflows only. */
  schedule: scheduleSchema.nullable(),
  /** While paused, the schedule starts nothing. */
  isPaused: z.boolean(),
  /** When the schedule starts the next load; null for drafts, without a schedule and while paused. */
  nextLoadAt: z.string().nullable(),
  status: z.enum(['draft', 'active']),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastLoad: loadSchema.nullable(),
});
export type Integration = z.infer<typeof integrationSchema>;

/** A required part that an integration still lacks. */
export const missingPartSchema = z.strictObject({
  section: z.enum(['details', 'credential', 'mapping']),
  message: z.string(),
});
export type MissingPart = z.infer<typeof missingPartSchema>;
