import { z } from 'zod';
import { type ApiSettings, apiSettingsSchema, type Block, classOfCall, type Vendor } from '#contract';

const unfinishedRow = z.strictObject({
  value: z.string(),
  target: z.strictObject({ kind: z.enum(['person', 'saas_user', 'variable']), name: z.string() }),
});

/** A draft may hold rows of which a part is still to be chosen. */
const draftSettingsSchema = apiSettingsSchema.extend({
  response: z
    .strictObject({ success: z.array(unfinishedRow), failure: z.array(unfinishedRow) })
    .default({ success: [], failure: [] }),
});

/** The settings of an API block, filled up with what the schema presumes; null when they cannot be read. */
export function apiSettingsOf(block: Pick<Block, 'type' | 'settings'>): ApiSettings | null {
  if (block.type !== 'api') return null;
  const read = draftSettingsSchema.safeParse(block.settings);
  return read.success ? read.data : null;
}

/** Where a block deletes, in the vendor's name or host; null when it deletes nothing. */
export function deletesIn(
  block: Pick<Block, 'type' | 'settings'>,
  vendors: ReadonlyMap<string, Vendor>,
): string | null {
  const settings = apiSettingsOf(block);
  if (!settings) return null;
  const vendor = vendors.get(settings.vendorId);
  const preset = vendor?.presets.find((one) => one.id === settings.presetId);
  if (classOfCall(settings, preset) !== 'destructive') return null;
  return vendor?.title ?? hostOf(settings.url) ?? 'the app';
}

function hostOf(url: string): string | null {
  return /^https?:\/\/([^/?#{}]+)/.exec(url)?.[1] ?? null;
}
