import { z } from 'zod';

export const recordStates = ['active', 'deactivated'] as const;

/** Values of fields that an operator added, by external id. */
export const customValuesSchema = z.record(z.string(), z.unknown());

export const personSchema = z.strictObject({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  role: z.string(),
  status: z.enum(recordStates),
  fields: customValuesSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Person = z.infer<typeof personSchema>;

export const causeKinds = ['operator', 'load', 'run', 'api'] as const;

/** Who or what changed a record: `id` names the operator, the load or the run. */
export const causeSchema = z.strictObject({ kind: z.enum(causeKinds), id: z.string() });
export type Cause = z.infer<typeof causeSchema>;

/** One value of one record that changed; `before` and `after` are null where there was or is no value. */
export const fieldChangeSchema = z.strictObject({
  at: z.string(),
  cause: causeSchema,
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;
