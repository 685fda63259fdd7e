import { z } from 'zod';
import { choicesSchema, externalIdSchema, fieldSchema, fieldTypes, recordTypes } from '../domain/field.ts';
import { fieldChangeSchema, personSchema, recordStates } from '../domain/person.ts';
import { personRoleSchema, roleNameSchema } from '../domain/person-role.ts';
import { runRecordSchema, runStatuses } from '../domain/run.ts';
import { appSchema, saasUserSchema } from '../domain/saas-user.ts';
import { listQuery, page } from './list.ts';

/** What a list of records takes beside a page and a search. */
const recordsQuery = listQuery.extend({
  // A place in an order by a long text is long.
  cursor: z.string().max(4_000).optional(),
  /** The external id of a field; with a minus before it, from the end. */
  sort: z
    .string()
    .max(80)
    .regex(/^-?[a-z][a-z0-9_.]*$/, 'Name a field by its external id, such as email or -email.')
    .optional(),
  /** A group of rules as JSON: `{"match":"all","rules":[{"field":"role","operator":"equals","value":"Employee"}]}`. */
  filter: z.string().max(8_000).optional(),
});
/** A list as a file: `columns` are external ids with commas between them, all where it is absent. */
const asFile = { limit: true, cursor: true } as const;
const columns = z.string().max(8_000).optional();

export const peopleQuery = recordsQuery.extend({ status: z.enum(recordStates).optional() });
export const peopleFileQuery = peopleQuery.omit(asFile).extend({ columns });
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

/** New values of a person by external id; null or empty text takes a value away. */
export const personChange = z.strictObject({
  values: z.record(externalIdSchema, z.unknown()).refine((values) => Object.keys(values).length <= 300),
});

export const appsList = z.strictObject({ items: z.array(appSchema) });
export const saasUsersQuery = recordsQuery.extend({
  status: z.enum(recordStates).optional(),
  activity: z.enum(['recent', 'inactive', 'unknown']).optional(),
});
export const saasUsersFileQuery = saasUsersQuery.omit(asFile).extend({ columns });
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
  choices: choicesSchema.default([]),
  help: z.string().max(500).default(''),
});
export const fieldChange = fieldInput
  .omit({ recordType: true, externalId: true, type: true })
  .extend({ isUnique: z.boolean(), choices: choicesSchema, help: z.string().max(500) })
  .partial();

export const fieldDetails = z.strictObject({
  field: fieldSchema,
  /** What names it; it cannot be removed while there is any. */
  uses: z.array(
    z.strictObject({
      kind: z.enum(['integration', 'workflow']),
      id: z.string(),
      name: z.string(),
      isSyncKey: z.boolean(),
    }),
  ),
  /** How many records have a value in it; 0 for built-in fields. */
  values: z.int(),
});
export type FieldDetails = z.infer<typeof fieldDetails>;

export const rolesList = z.strictObject({ items: z.array(personRoleSchema) });
export const roleInput = z.strictObject({ name: roleNameSchema });
export const roleParam = z.strictObject({ name: z.string().max(200) });
export const roleRemoval = z.strictObject({ replacement: roleNameSchema.optional() });
