import { z } from 'zod';
import { agentCredentialSchema, agentSchema } from '../domain/agent.ts';
import { fieldSchema } from '../domain/field.ts';
import { integrationSchema } from '../domain/integration.ts';
import { loadSchema } from '../domain/load.ts';
import { credentialTest } from './credentials.ts';
import { inputChoices } from './integrations.ts';

export const agentsList = z.strictObject({
  items: z.array(agentSchema),
  /** Of the server: an agent of another version gets no work. */
  version: z.string(),
});

export const agentInput = z.strictObject({ name: z.string().trim().min(1, 'Enter a name.').max(120) });

/** `token` is shown this once: it lets one program register as this agent. */
export const agentInvitation = z.strictObject({ agent: agentSchema, token: z.string() });
export type AgentInvitation = z.infer<typeof agentInvitation>;

/** What an agent sends to become one, and the key that it proves itself with from then on. */
export const agentRegistration = z.strictObject({
  token: z.string().max(100),
  version: z.string().max(40),
});
export const agentKey = z.strictObject({ name: z.string(), key: z.string() });

/** Sent every few seconds, also while a load goes on. */
export const agentContact = z.strictObject({
  version: z.string().max(40),
  credentials: z.array(agentCredentialSchema).max(1000),
  /** Of the load that it is at; null when it has none. */
  fence: z.string().max(100).nullable(),
});

/** All that an agent needs for one load besides its own credential. */
export const agentWork = z.strictObject({
  /** Names this giving-out of the load: once it is given out anew, nothing is taken with the old one. */
  fence: z.string(),
  load: loadSchema,
  appId: z.string().nullable(),
  integration: integrationSchema.pick({
    name: true,
    vendorId: true,
    mode: true,
    preference: true,
    inputs: true,
    mapping: true,
    agentCredential: true,
  }),
  fields: z.array(fieldSchema),
});
export type AgentWork = z.infer<typeof agentWork>;

/** What the server answers to a contact. Read with care: the server may be of another version. */
export const agentOrder = z.object({
  version: z.string(),
  /** Whether the load that the agent is at is still its own. */
  goesOn: z.boolean(),
  work: z.unknown(),
  questions: z.array(z.unknown()).default([]),
});

const asked = { id: z.string(), credential: z.string() };
const askedOfVendor = { ...asked, ...integrationSchema.pick({ vendorId: true, inputs: true }).shape };

/** What an operator waits for while an agent asks the vendor, with the credential of that name. */
export const agentQuestion = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sample'),
    ...askedOfVendor,
    ...integrationSchema.pick({ mode: true, mapping: true }).shape,
  }),
  z.strictObject({ kind: z.literal('choices'), ...askedOfVendor, input: z.string() }),
  z.strictObject({ kind: z.literal('test'), ...asked }),
]);
export type AgentQuestion = z.infer<typeof agentQuestion>;

const uniqueValue = z.strictObject({ externalId: z.string(), value: z.string() });
const values = z.record(z.string(), z.unknown());

/** A record as `MappedRecord` of the engine says. */
const mappedRecord = z.strictObject({
  label: z.string(),
  person: values,
  saasUser: values.nullable(),
  identifier: z.string(),
  keys: z.array(uniqueValue),
  uniques: z.array(uniqueValue),
  problem: z.strictObject({ action: z.enum(['skip', 'fail']), reason: z.string() }).nullable(),
  refusals: z.strictObject({ create: z.string().nullable(), update: z.string().nullable() }).exactOptional(),
  raw: z.string(),
});

const fence = z.string().max(100);

export const agentPage = z.strictObject({
  fence,
  /** How many records of this load came before: the server takes each position once. */
  position: z.int().min(0),
  /** How many pages are read with these records. */
  pages: z.int().min(0),
  records: z.array(mappedRecord).max(1000),
});
export type AgentPage = z.infer<typeof agentPage>;

/** Names by the id that they are for. */
const nameList = z.array(z.tuple([z.string(), z.string()]));

/** Names that the vendor gives to ids. */
export const agentNames = z.strictObject({ fence, lists: z.array(nameList).max(50) });

/** By `kind` as it was asked; `error` says why there is no answer. */
export const agentAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sample'),
    names: z.array(z.tuple([z.string(), nameList])).max(50),
    items: z.array(z.unknown()).max(10_000),
  }),
  z.strictObject({ kind: z.literal('choices'), items: inputChoices.shape.items.max(10_000) }),
  z.strictObject({ kind: z.literal('test'), ...credentialTest.shape }),
  z.strictObject({ kind: z.literal('error'), message: z.string().max(2000) }),
]);

/** Which of an agent's credentials is to be tested. */
export const agentCredentialChoice = z.strictObject({ credential: z.string().max(120) });

/** `error` says why the list could not be read to its end; null when it was. */
export const agentEnd = z.strictObject({ fence, error: z.string().max(2000).nullable() });
