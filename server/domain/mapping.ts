import { z } from 'zod';
import { externalIdSchema, recordTypes } from './field.ts';

/** Fills one of our fields from a vendor field, a constant, or a value of the load itself. */
export const mappingRowSchema = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('field'), key: externalIdSchema }),
    z.strictObject({ kind: z.literal('path'), path: z.string().min(1), label: z.string() }),
    z.strictObject({ kind: z.literal('constant'), value: z.string() }),
  ]),
  target: z.strictObject({ recordType: z.enum(recordTypes), externalId: externalIdSchema }),
  /** 1 is looked at first; null is no sync key. Only unique fields may be one. */
  syncKey: z.int().min(1).max(9).nullable(),
});
export type MappingRow = z.infer<typeof mappingRowSchema>;

export const mappingSchema = z.strictObject({ rows: z.array(mappingRowSchema).max(200) });
export type Mapping = z.infer<typeof mappingSchema>;
