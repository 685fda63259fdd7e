import { type ApiSettings, apiSettingsSchema } from '../domain/api-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { UndoOption } from '../domain/undo-plan.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import type { Graph } from '../domain/workflow.ts';
import { type TakenBackBlock, toUndoGraph } from './undo-graph.ts';
import type { DoneEffects, UndoReader, UndoService } from './undo-ports.ts';
import type { Vendors } from './vendor-ports.ts';
import type { WorkflowService } from './workflow-ports.ts';

export interface UndoDeps {
  reader: UndoReader;
  workflows: Pick<WorkflowService, 'create' | 'saveDraft'>;
  vendors: Vendors;
}

/** Takes back what runs did, by workflows that call the opposite preset: drafts, to be looked at before anything runs. */
export function createUndo({ reader, workflows, vendors }: UndoDeps): UndoService {
  async function doneBy(runId: string): Promise<DoneEffects> {
    const done = await reader.done(runId);
    if (!done) throw new AppError('not_found', `There is no run "${runId}".`);
    return done;
  }

  return {
    async options(runId) {
      const done = await doneBy(runId);
      return done.blocks.map((effect) => toOption(effect, done.graph, vendors));
    },

    async make(runId, blocks, by) {
      const done = await doneBy(runId);
      const wanted = done.blocks.filter(({ block }) => blocks.includes(block));
      if (wanted.length === 0 || wanted.length < new Set(blocks).size)
        throw new AppError('not_found', 'A block that is to be taken back did nothing at a vendor.');
      const taken = wanted.map((effect) => toTakenBack(effect, done.graph, vendors));
      const made = await workflows.create({ ...wordsFor(runId, done, taken), records: done.records }, by);
      return workflows.saveDraft(made.id, made.revision, toUndoGraph(runId, taken), by);
    },
  };
}

function toTakenBack(effect: DoneEffect, graph: Graph, vendors: Vendors): TakenBackBlock {
  const { block, name, obstacle } = toOption(effect, graph, vendors);
  const opposite = findOpposite(effect, vendors);
  const original = settingsOf(graph, block);
  if (obstacle !== null || !opposite || !original)
    throw new AppError('conflict', `“${name}”: ${obstacle ?? 'No preset takes this back.'}`);
  return { block, name, original, ...opposite };
}

function wordsFor(runId: string, { workflowName }: DoneEffects, taken: readonly TakenBackBlock[]) {
  const [only] = taken.length === 1 ? taken : [];
  const names = taken.map(({ name }) => `“${name}”`).join(', ');
  return {
    name: (only ? `Undo “${only.name}” of ${workflowName}` : `Undo a run of ${workflowName}`).slice(0, 120),
    description: `Takes back what ${names} did in the run ${runId}.`.slice(0, 1000),
  };
}

type DoneEffect = DoneEffects['blocks'][number];

function toOption(effect: DoneEffect, graph: Graph, vendors: Vendors): UndoOption {
  const { block, does, undo, vendorId, count, made } = effect;
  const opposite = findOpposite(effect, vendors);
  return {
    ...{ block, does, undo, vendorId, count, made },
    name: graph.blocks.find(({ id }) => id === block)?.name ?? block,
    by: opposite && { id: opposite.preset.id, title: opposite.preset.title },
    obstacle: obstacleOf(effect, opposite, settingsOf(graph, block)),
  };
}

interface Opposite {
  vendor: Vendor;
  preset: Preset;
}

function findOpposite({ undo, vendorId }: DoneEffect, vendors: Vendors): Opposite | null {
  const vendor = vendors.find(vendorId);
  if (!vendor || undo.kind !== 'reversible' || undo.by === undefined) return null;
  const preset = vendor.presets.find(({ id }) => id === undo.by);
  return preset ? { vendor, preset } : null;
}

/** Why no workflow can take it back. What a call wrote over is not known to the call that would write it back. */
function obstacleOf(
  { undo, presetId }: DoneEffect,
  opposite: Opposite | null,
  original: ApiSettings | null,
): string | null {
  if (undo.kind === 'permanent') return 'It cannot be undone.';
  if (undo.kind === 'recoverable') {
    return `Only the vendor can bring it back, within ${undo.days} days. Do it there.`;
  }
  if (!opposite || !original) return 'It can be undone at the vendor; no preset does it.';
  const { preset } = opposite;
  if (preset.id === presetId) {
    return `“${preset.title}” would have to write back what was there before. Look it up in the evidence of each record, and write it back by hand.`;
  }
  const open = preset.inputs.find(({ name, required, default: text }) => {
    const given = original.inputs[name] ?? text;
    return required && given.trim() === '';
  });
  if (!open) return null;
  return `“${preset.title}” needs to be told the ${open.label}, which was not part of what was done. Look it up in the evidence of each record.`;
}

function settingsOf(graph: Graph, block: string): ApiSettings | null {
  const found = graph.blocks.find(({ id }) => id === block);
  const parsed = found?.type === 'api' ? apiSettingsSchema.safeParse(found.settings) : undefined;
  return parsed?.success ? parsed.data : null;
}
