import { z } from 'zod';
import { vendorSchema } from './vendor.ts';

/** The name of the format; a later one that older servers cannot read gets another number. */
export const vendorFormat = 'rollcall-vendor/1';

const vendorFileSchema = z.strictObject({
  /** For editors: where the JSON Schema of the format is. */
  $schema: z.string().optional(),
  format: z.literal(vendorFormat),
  ...vendorSchema.shape,
});

/** What the file means to a program that knows JSON Schema, such as an editor. */
export function toVendorFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(vendorFileSchema, { io: 'input' });
  return { $schema, title: vendorFormat, description: 'A vendor of your own for Rollcall.', ...schema };
}

/** A file as operators read of it: what it defines, and what is wrong with it. */
export const vendorFileViewSchema = z.strictObject({
  /** Without its folder. */
  file: z.string(),
  /** Empty where the file does not even name it. */
  vendorId: z.string(),
  title: z.string(),
  /** `refused`: something is wrong with it, and what was read of it before goes on. */
  state: z.enum(['used', 'refused']),
  findings: z.array(
    z.strictObject({ severity: z.enum(['error', 'note']), place: z.string(), message: z.string() }),
  ),
  /** When this content was first read; null where it was refused. */
  usedSince: z.string().nullable(),
  /** SHA-256 of what it says, whatever its spaces and the order of its names; null where it was refused. */
  hash: z.string().nullable(),
});
export type VendorFileView = z.infer<typeof vendorFileViewSchema>;
