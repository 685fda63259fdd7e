import { z } from 'zod';
import { externalIdSchema } from './field.ts';

/** Where a value of a mapping comes from: a vendor's field, a path into the vendor's record, or one value for everybody. */
export const mappingSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('field'), key: externalIdSchema }),
  z.strictObject({ kind: z.literal('path'), path: z.string().min(1).max(1_000), label: z.string().max(120) }),
  z.strictObject({ kind: z.literal('constant'), value: z.string().max(2_000) }),
]);
export type MappingSource = z.infer<typeof mappingSourceSchema>;
