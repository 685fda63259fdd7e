import { settingsFromPreset } from '#domain/api-settings';
import type { RecipeField, RecipeParts } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import type { Block, Edge, Graph } from '#domain/workflow';

const column = 336;

/**
 * A place on the canvas: at most four blocks to a row, so that a whole recipe fits a screen. A row breaks behind a block
 * that leads to one place only, and ends stand below the block after the one that leads there: so no edge crosses another.
 */
export const at = (x: number, y: number): Block['position'] => ({ x: x * column, y });

/** `begin.next > load` as an edge. */
export function edge(words: string): Edge {
  const [, from = '', exit = '', to = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(words) ?? [];
  return { id: `${from}.${exit}-${to}`, from, exit, to };
}

type BlockParts = [type: string, name: string, position: Block['position'], settings?: Block['settings']];

/** A graph of blocks by their ids and of edges in words. */
export const draw = (blocks: Record<string, BlockParts>, edges: readonly string[]): Graph => ({
  blocks: Object.entries(blocks).map(([id, [type, name, position, settings = {}]]) => ({
    ...{ id, type, name, position },
    // Two blocks may be drawn with the same settings, and must not share them.
    settings: structuredClone(settings),
  })),
  edges: edges.map(edge),
});

/** The settings of an API block with this preset, some of its inputs filled in otherwise. */
export function presetOf(
  vendor: Vendor,
  id: string,
  credentialId: string,
  inputs: Readonly<Record<string, string>> = {},
) {
  const found = vendor.presets.find((each) => each.id === id);
  if (!found) throw new Error(`${vendor.title} has no preset "${id}".`);
  const settings = settingsFromPreset(vendor, found, credentialId);
  return { ...settings, inputs: { ...settings.inputs, ...inputs } };
}

/** Meetings and recordings go to the manager; without one nothing is deleted. */
export const heir = { transfer_email: '{{manager_email}}' };
export const managerField: RecipeField = {
  recordType: 'person',
  externalId: 'manager_email',
  label: 'Manager e-mail',
};

const none: RecipeParts = { credentialId: '', integrationId: '', appId: '' };

/** The parts of a vendor; empty ones where the instance has none. */
export const partsOf = (parts: Readonly<Record<string, RecipeParts>>, vendorId: string): RecipeParts =>
  parts[vendorId] ?? none;

/** Begin, started by hand, over records that are not deactivated. */
export const beginByHand = { trigger: 'manual', records: 'active', rules: { match: 'all', rules: [] } };

/** All that a recipe over the accounts of one vendor uses. */
export const everything = ['credentialId', 'integrationId', 'appId'] as const;
