import { z } from 'zod';
import {
  type ApiSettings,
  apiSettingsSchema,
  type Block,
  effectOfCall,
  type HarmfulEffect,
  isHarmful,
  type Undo,
  type Vendor,
} from '#contract';

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

/** What a block takes from people, and where. */
export type Harm = { does: HarmfulEffect; undo: Undo; where: string };

/** The harm of a block, with the vendor's name or host; null where it takes nothing from anybody. */
export function harmOf(
  block: Pick<Block, 'type' | 'settings'>,
  vendors: ReadonlyMap<string, Vendor>,
): Harm | null {
  const settings = apiSettingsOf(block);
  if (!settings) return null;
  const vendor = vendors.get(settings.vendorId);
  const preset = vendor?.presets.find((one) => one.id === settings.presetId);
  const effect = effectOfCall(settings, preset);
  if (effect.does === 'read' || !isHarmful(effect.does)) return null;
  return { does: effect.does, undo: effect.undo, where: vendor?.title ?? hostOf(settings.url) ?? 'the app' };
}

function hostOf(url: string): string | null {
  return /^https?:\/\/([^/?#{}]+)/.exec(url)?.[1] ?? null;
}
