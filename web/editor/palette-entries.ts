import { type BlockType, blockGroups, type PresetEffect, settingsFromPreset, type Vendor } from '#contract';
import type { BlockSeed } from './graph-changes.ts';

export type BlockGroup = (typeof blockGroups)[number];

/** One thing that the palette offers: a block type, or a preset that makes an API block already filled in. */
export type PaletteEntry = {
  key: string;
  title: string;
  summary: string;
  group: BlockGroup;
  vendor: Vendor | null;
  does: PresetEffect['does'] | null;
  seed: BlockSeed;
};

export const groupTitles: Record<BlockGroup, string> = {
  triggers: 'Beginning and end',
  users: 'Users',
  api: 'API',
  logic: 'Logic',
  people: 'People',
  messages: 'Messages',
};

/** All entries in the order in which the palette shows them; a workflow has one Begin, so Begin is not offered. */
export function toEntries(blockTypes: readonly BlockType[], vendors: readonly Vendor[]): PaletteEntry[] {
  return blockGroups.flatMap((group) => [
    ...blockTypes.filter((type) => type.group === group && type.type !== 'begin').map(toTypeEntry),
    ...(group === 'api' ? vendors.flatMap(toPresetEntries) : []),
  ]);
}

/** The entries that have every word of the search in their title, summary or vendor. */
export function findEntries(entries: readonly PaletteEntry[], search: string): PaletteEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  const found = entries.filter((entry) => words.every((word) => textOf(entry).includes(word)));
  const rank = (entry: PaletteEntry) => (words.every((word) => titleOf(entry).includes(word)) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b));
}

const titleOf = (entry: PaletteEntry): string => `${entry.vendor?.title ?? ''} ${entry.title}`.toLowerCase();

const textOf = (entry: PaletteEntry): string =>
  `${titleOf(entry)} ${entry.summary} ${groupTitles[entry.group]}`.toLowerCase();

const toTypeEntry = (type: BlockType): PaletteEntry => ({
  key: type.type,
  title: type.title,
  summary: type.summary,
  group: type.group,
  vendor: null,
  does: null,
  seed: { type: type.type, name: type.title, settings: type.defaults },
});

const toPresetEntries = (vendor: Vendor): PaletteEntry[] =>
  vendor.presets.map((preset) => ({
    key: `${vendor.id}/${preset.id}`,
    title: preset.title.startsWith(vendor.title) ? preset.title : `${vendor.title} ${preset.title}`,
    summary: preset.summary,
    group: 'api',
    vendor,
    does: preset.effect.does,
    seed: {
      type: 'api',
      name: preset.title.startsWith(vendor.title) ? preset.title : `${vendor.title} ${preset.title}`,
      settings: settingsFromPreset(vendor, preset),
    },
  }));
