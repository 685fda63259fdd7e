import { type ApiSettings, apiSettingsSchema, settingsFromPreset } from '../domain/api-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { Undone, UndoOption } from '../domain/undo-plan.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import type { Block, Graph } from '../domain/workflow.ts';
import type { Vendors } from './ports.ts';
import type { DoneEffects, UndoReader, UndoService } from './undo-ports.ts';
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

    async make(runId, block, by) {
      const done = await doneBy(runId);
      const effect = done.blocks.find((each) => each.block === block);
      if (!effect) throw new AppError('not_found', 'This block of the run did nothing at a vendor.');
      const option = toOption(effect, done.graph, vendors);
      const opposite = findOpposite(effect, vendors);
      const original = settingsOf(done.graph, block);
      if (option.obstacle !== null || !opposite || !original) {
        throw new AppError('conflict', option.obstacle ?? 'No preset takes this back.');
      }
      const name = `Undo “${option.name}” of ${done.workflowName}`.slice(0, 120);
      const description = `Takes back what the block “${option.name}” did in the run ${runId}: ${option.count} ${option.count === 1 ? 'record' : 'records'}.`;
      const made = await workflows.create({ name, description, records: done.records }, by);
      const graph = toUndoGraph({ runId, block }, opposite, original);
      return workflows.saveDraft(made.id, made.revision, graph, by);
    },
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

/** Begin with exactly those records, the opposite call, and two ends. */
export function toUndoGraph(undone: Undone, { vendor, preset }: Opposite, original: ApiSettings): Graph {
  const settings = settingsFromPreset(vendor, preset);
  const known = Object.fromEntries(
    Object.entries(settings.inputs).map(([name, text]) => [name, original.inputs[name] ?? text]),
  );
  const call: ApiSettings = { ...settings, inputs: known, authorization: original.authorization };
  const at = (column: number, row = 0) => ({ x: column * 336, y: row * 180 });
  const blocks: Block[] = [
    {
      id: 'begin',
      type: 'begin',
      name: 'Begin',
      position: at(0),
      settings: { records: 'both', undoes: undone },
    },
    { id: 'undo', type: 'api', name: preset.title, position: at(1), settings: call },
    { id: 'end', type: 'end', name: 'End', position: at(2), settings: {} },
  ];
  return {
    blocks,
    edges: [
      { id: 'begin.next-undo', from: 'begin', exit: 'next', to: 'undo' },
      { id: 'undo.success-end', from: 'undo', exit: 'success', to: 'end' },
    ],
  };
}
