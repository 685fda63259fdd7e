import { z } from 'zod';
import { apiSettingsSchema } from './api-settings.ts';

/**
 * A configured request that an operator saved to be used again. Blocks get a copy of it, so that no later change of it
 * reaches a workflow by itself; what it does is still judged by the vendor's preset that it was made of.
 */
export const ownPresetSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** Without a credential: each block names its own. */
  settings: apiSettingsSchema,
  createdBy: z.string(),
  updatedAt: z.string(),
});
export type OwnPreset = z.infer<typeof ownPresetSchema>;

export const ownPresetInput = z.strictObject({
  title: z.string().trim().min(1).max(120),
  summary: z.string().trim().max(300).default(''),
  settings: apiSettingsSchema,
});
export type OwnPresetInput = z.infer<typeof ownPresetInput>;

export const ownPresetsList = z.strictObject({ items: z.array(ownPresetSchema) });
