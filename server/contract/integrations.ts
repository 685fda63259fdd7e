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
import { mappingRowSchema, mappingSchema } from '../domain/mapping.ts';
import { scheduleSchema } from '../domain/schedule.ts';
import { page } from './list.ts';

export const integrationsList = z.strictObject({ items: z.array(integrationSchema) });

export const integrationDetails = z.strictObject({
  integration: integrationSchema,
  missing: z.array(missingPartSchema),
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
  inputs: inputsSchema.optional(),
  mapping: mappingSchema.optional(),
  missingAccounts: missingAccountsSchema.optional(),
  contacts: contactsSchema.optional(),
  /** Null: loads are started by hand or by workflows only. */
  schedule: scheduleSchema.nullable().optional(),
  isPaused: z.boolean().optional(),
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
      newField: z.strictObject({ label: z.string(), type: z.string(), isUnique: z.boolean() }).nullable(),
    }),
  ),
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
        }),
      ),
    }),
  ),
  /** Up to three values of each vendor field. */
  samples: z.record(z.string(), z.array(z.unknown())),
});
export type MappingPreview = z.infer<typeof mappingPreview>;

export const loadsPage = page(loadSchema);
export const loadIssuesPage = page(loadIssueSchema);
export { loadSchema };
