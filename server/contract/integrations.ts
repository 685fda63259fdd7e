import { z } from 'zod';
import { recordTypes } from '../domain/field.ts';
import {
  contactsSchema,
  inputsSchema,
  integrationSchema,
  missingAccountsSchema,
  missingPartSchema,
} from '../domain/integration.ts';
import { loadIssueSchema, loadModes, loadPreferences, loadSchema } from '../domain/load.ts';
import { mappingRowSchema, mappingSchema, mappingVersionSchema } from '../domain/mapping.ts';
import { mappingWarningSchema } from '../domain/mapping-warnings.ts';
import { scheduleSchema } from '../domain/schedule.ts';
import { page } from './list.ts';

export const integrationsList = z.strictObject({ items: z.array(integrationSchema) });

export const integrationDetails = z.strictObject({
  integration: integrationSchema,
  missing: z.array(missingPartSchema),
  /** Rows of its mapping whose values may not fit. */
  warnings: z.array(mappingWarningSchema),
  /** The next five times of its schedule, also while it is a draft; none while it is paused. */
  nextLoads: z.array(z.string()),
});
export type IntegrationDetails = z.infer<typeof integrationDetails>;

export const integrationInput = z.strictObject({
  vendorId: z.string().max(100),
  name: z.string().trim().min(1, 'Enter a name.').max(120),
});
export const integrationChange = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.').max(120).optional(),
  mode: z.enum(loadModes).optional(),
  preference: z.enum(loadPreferences).optional(),
  credentialId: z.string().nullable().optional(),
  installation: z.enum(['cloud', 'local']).optional(),
  /** Who loads for a local installation, and the name of its own credential. */
  agentId: z.string().max(100).nullable().optional(),
  agentCredential: z.string().max(120).optional(),
  inputs: inputsSchema.optional(),
  /** Is kept as a new version. */
  mapping: mappingSchema.optional(),
  /** The version that the mapping began from; absent, it is saved over whatever is there. */
  mappingVersion: z.int().min(0).optional(),
  mappingNote: z.string().trim().max(500).optional(),
  missingAccounts: missingAccountsSchema.optional(),
  contacts: contactsSchema.optional(),
  /** Null: loads are started by hand or by workflows only. */
  schedule: scheduleSchema.nullable().optional(),
  isPaused: z.boolean().optional(),
  /** The values that the editor saw: what somebody else has changed since is not overwritten. */
  was: integrationSchema
    .pick({
      ...{ name: true, mode: true, preference: true, credentialId: true, installation: true, agentId: true },
      ...{ agentCredential: true, inputs: true, missingAccounts: true, contacts: true, schedule: true },
      isPaused: true,
    })
    .partial()
    .optional(),
});

/** Values that the vendor knows for an input, such as its accounts. */
export const inputChoices = z.strictObject({
  items: z.array(z.strictObject({ value: z.string(), label: z.string() })),
});

/** A mapping row that Smart Mapping proposes, and why. `newField` is set where the field does not exist yet. */
export const mappingProposal = z.strictObject({
  rows: z.array(
    z.strictObject({
      row: mappingRowSchema,
      reason: z.string(),
      confidence: z.enum(['sure', 'likely']),
      newField: z.strictObject({ label: z.string(), type: z.string(), isUnique: z.boolean() }).nullable(),
    }),
  ),
  /** Rows that it would fill otherwise, and leaves as their author set them. */
  kept: z.array(mappingRowSchema),
});
export type MappingProposal = z.infer<typeof mappingProposal>;

/** The first records of the vendor as they would be written. Nothing is written. */
export const mappingPreview = z.strictObject({
  records: z.array(
    z.strictObject({
      label: z.string(),
      action: z.enum(['create', 'update', 'unchanged', 'skip', 'fail']),
      reason: z.string().nullable(),
      values: z.array(
        z.strictObject({
          recordType: z.enum(recordTypes),
          externalId: z.string(),
          before: z.unknown(),
          after: z.unknown(),
          isWritten: z.boolean(),
          source: z.string().nullable(),
          read: z.unknown(),
          problem: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** What would become of everybody on the first pages. */
  counts: z.record(z.enum(['create', 'update', 'unchanged', 'skip', 'fail']), z.int()),
  /** Up to twenty different values of each vendor field. */
  samples: z.record(z.string(), z.array(z.unknown())),
  /** The vendor's first records as it sent them, and their vendor fields by key. */
  examples: z.array(z.strictObject({ record: z.unknown(), fields: z.record(z.string(), z.unknown()) })),
  warnings: z.array(mappingWarningSchema),
});
export type MappingPreview = z.infer<typeof mappingPreview>;

export const mappingVersionsPage = page(mappingVersionSchema);
/** Restores an earlier mapping, unless somebody saved another one meanwhile. */
export const mappingRestoration = z.strictObject({
  version: z.int().min(1),
  mappingVersion: z.int().min(0),
});

export const loadsPage = page(loadSchema);
export const loadIssuesPage = page(loadIssueSchema);
export { loadSchema };
