import { z } from 'zod';
import { externalIdSchema, fieldSchema, fieldTypes, recordTypes } from '../domain/field.ts';
import { fieldChangeSchema, personSchema, recordStates } from '../domain/person.ts';
import { runRecordSchema, runStatuses } from '../domain/run.ts';
import { appSchema, saasUserSchema } from '../domain/saas-user.ts';
import { listQuery, page } from './list.ts';

export const peopleQuery = listQuery.extend({ status: z.enum(recordStates).optional() });
export const peoplePage = page(personSchema);

/** A run that touched a record. */
export const recordRun = z.strictObject({
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  startedAt: z.string(),
  runStatus: z.enum(runStatuses),
  record: runRecordSchema,
});

export const personDetails = z.strictObject({
  person: personSchema,
  accounts: z.array(saasUserSchema.extend({ appName: z.string() })),
  history: z.array(fieldChangeSchema.extend({ causeLabel: z.string() })),
  runs: z.array(recordRun),
});
export type PersonDetails = z.infer<typeof personDetails>;

export const appsList = z.strictObject({ items: z.array(appSchema) });
export const saasUsersQuery = listQuery.extend({
  status: z.enum(recordStates).optional(),
  activity: z.enum(['recent', 'inactive', 'unknown']).optional(),
});
export const saasUsersPage = page(saasUserSchema.extend({ personName: z.string().nullable() }));

export const saasUserDetails = z.strictObject({
  user: saasUserSchema,
  app: appSchema,
  person: personSchema.nullable(),
  /** The vendor's own record as the last load read it. */
  raw: z.unknown(),
  history: z.array(fieldChangeSchema.extend({ causeLabel: z.string() })),
  runs: z.array(recordRun),
});
export type SaasUserDetails = z.infer<typeof saasUserDetails>;

export const fieldsList = z.strictObject({ items: z.array(fieldSchema) });
export const fieldInput = z.strictObject({
  recordType: z.enum(recordTypes),
  label: z.string().trim().min(1, 'Enter a label.').max(120),
  /** Made from the label when absent. */
  externalId: externalIdSchema.optional(),
  type: z.enum(fieldTypes),
  isUnique: z.boolean().default(false),
  help: z.string().max(500).default(''),
});

/** Roles that people of the organisation have. */
export const rolesList = z.strictObject({ items: z.array(z.string()) });
