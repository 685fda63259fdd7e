import { z } from 'zod';
import { loadModes, loadPreferences, loadSchema } from './load.ts';
import { mappingSchema } from './mapping.ts';

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
  mapping: mappingSchema,
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
