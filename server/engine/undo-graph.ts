import { type ApiSettings, settingsFromPreset } from '../domain/api-settings.ts';
import { type Undone, undoesSpace } from '../domain/undo-plan.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import type { Block, Edge, Graph } from '../domain/workflow.ts';

/** One block of a run, and the preset that takes back what it did. */
export interface TakenBackBlock {
  block: string;
  name: string;
  vendor: Vendor;
  preset: Preset;
  /** What the block was told. */
  original: ApiSettings;
}

/**
 * Begin with exactly those records, then the opposite calls, one behind the other. Where there are several, each is
 * made only for the records that its block did something to.
 */
export function toUndoGraph(runId: string, taken: readonly TakenBackBlock[]): Graph {
  const undoes: Undone = { runId, blocks: taken.map(({ block }) => block) };
  const blocks: Block[] = [];
  const edges: Edge[] = [];
  let open: [from: string, exit: string][] = [];

  let column = 0;

  /** Puts a block behind all paths that are open; they go on by its exit. */
  function add(block: Unplaced, exit: string, row = 0): void {
    blocks.push(place(block, column++, row));
    edges.push(...open.map((from) => toEdge(from, block.id)));
    open = [[block.id, exit]];
  }

  add({ id: 'begin', type: 'begin', name: 'Begin', settings: { records: 'both', undoes } }, 'next');
  for (const [i, one] of taken.entries()) {
    const nth = taken.length === 1 ? '' : `_${i + 1}`;
    const was = taken.length > 1 ? toQuestion(one, nth) : undefined;
    if (was) add(was, 'yes');
    const read = readBefore(one);
    if (read) add(toCall(`read${nth}`, one, read), 'success', was && -1);
    add(toCall(`undo${nth}`, one, one.preset), 'success', was && -1);
    if (!was) continue;
    open.push([was.id, 'no']);
    edges.push(toEdge([was.id, 'unknown'], unknown.id));
  }
  if (taken.length > 1) blocks.push(place(unknown, column, 1));
  add({ id: 'end', type: 'end', name: 'End', settings: {} }, '');
  return { blocks, edges };
}

type Unplaced = Omit<Block, 'position'>;

const place = (block: Unplaced, column: number, row: number): Block => ({
  ...block,
  position: { x: column * 336, y: row * 180 },
});

const unknown: Unplaced = {
  ...{ id: 'unknown', type: 'stop', name: 'Not known any more' },
  settings: { message: 'The journal does not say any more what was done to this record.' },
};

const toEdge = ([from, exit]: [string, string], to: string): Edge => ({
  id: `${from}.${exit}-${to}`,
  ...{ from, exit, to },
});

function toQuestion({ block, name }: TakenBackBlock, nth: string): Unplaced {
  const rules = [{ field: `${undoesSpace}.${block}`, operator: 'is_true' }];
  return {
    id: `was${nth}`,
    type: 'if',
    name: `Was “${name}” done?`.slice(0, 120),
    settings: { condition: { match: 'all', rules } },
  };
}

/** A call that writes back what was read of the account comes behind the call that reads it. */
function readBefore({ vendor, preset: { target, request } }: TakenBackBlock): Preset | undefined {
  const read = vendor.presets.find(({ id }) => id === target?.read);
  const kept = read?.response.success?.filter(({ target: { kind } }) => kind === 'variable');
  const names = new Set(`${request.path} ${request.body}`.match(/\w+/g));
  return kept?.some(({ target: { name } }) => names.has(name)) ? read : undefined;
}

/** A call of this preset, told what the original was told where both ask for the same. */
function toCall(id: string, { vendor, original }: TakenBackBlock, preset: Preset): Unplaced {
  const settings = settingsFromPreset(vendor, preset);
  const inputs = Object.fromEntries(
    Object.entries(settings.inputs).map(([name, text]) => [name, original.inputs[name] ?? text]),
  );
  const { authorization } = original;
  return { id, type: 'api', name: preset.title, settings: { ...settings, inputs, authorization } };
}
