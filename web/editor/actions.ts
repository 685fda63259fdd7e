import { type Graph, referenceKinds } from '#contract';
import { sayDone, sayFailed } from '../ui/toast.ts';
import { addAfter } from './add-block.ts';
import { type Alignment, align, boundsOf, boxesOf, type Direction, distribute } from './arrange.ts';
import type { Catalogue } from './catalogue.ts';
import { fromClipboard, type Named, toClipboard } from './clipboard.ts';
import { pasteItems, pickItems } from './copy-paste.ts';
import type { Draft } from './draft.ts';
import { type BlockSeed, moveBlocks, type Point, removeEdges, removeItems } from './graph-changes.ts';
import { layout } from './layout.ts';
import { addNote, groupItems, isGroup, isNote, membersAmong, resizeNotes, ungroup } from './marks.ts';
import { columnsInSight, type View } from './use-view.ts';
import { type Heading, neighbourOf } from './walk.ts';

const mostBlocks = 500;

type Options = { draft: Draft; view: View; catalogue: () => Catalogue };

/** Everything that can be done on the canvas, by whatever hand: mouse, keyboard, menu or search. */
export type Actions = ReturnType<typeof createActions>;

export function createActions({ draft, view, catalogue }: Options) {
  const state = () => draft.store.getState();
  const blockTypes = () => catalogue().blockTypes;
  const named = (): Named => {
    const { credentials, integrations, apps, workflows } = catalogue();
    const all = { credential: credentials, integration: integrations, app: apps, workflow: workflows };
    return referenceKinds.flatMap((kind) => all[kind].map(({ id, name }) => ({ kind, id, name })));
  };
  const boxes = () => boxesOf(state().graph, blockTypes());

  /** Takes a graph that has blocks more and selects them; says so when there are too many. */
  const take = (next: Graph, ids: readonly string[]): boolean => {
    if (next.blocks.length > mostBlocks) {
      sayFailed(
        'These blocks do not fit',
        new Error(`A workflow has at most ${mostBlocks} blocks. Split it into two workflows.`),
      );
      return false;
    }
    draft.change(() => next);
    draft.select(ids);
    return true;
  };

  const pasteGraph = (copied: Graph): void => {
    const { graph } = state();
    const pasted = pasteItems(graph, copied, offsetFor(copied));
    if (pasted.ids.length === 0) return;
    if (take(pasted.graph, pasted.ids)) view.focus(pasted.ids[0] ?? '');
  };

  /** A little below the originals; in the middle of what is seen when the originals are out of sight. */
  const offsetFor = (copied: Graph): Point => {
    const bounds = boundsOf(boxesOf(copied, blockTypes()));
    const seen = view.seen();
    if (!bounds) return { x: 32, y: 48 };
    const isSeen =
      bounds.x < seen.x + seen.width &&
      seen.x < bounds.x + bounds.width &&
      bounds.y < seen.y + seen.height &&
      seen.y < bounds.y + bounds.height;
    if (!isSeen) {
      return {
        x: snapped(seen.x + (seen.width - bounds.width) / 2 - bounds.x),
        y: snapped(seen.y + (seen.height - bounds.height) / 2 - bounds.y),
      };
    }
    const taken = new Set(boxes().map((box) => `${box.x},${box.y}`));
    let n = 1;
    while (taken.has(`${bounds.x + n * 32},${bounds.y + n * 48}`)) n += 1;
    return { x: n * 32, y: n * 48 };
  };

  const copy = (): string | null => {
    const picked = pickItems(state().graph, state().selected);
    if (picked.blocks.length === 0 && !picked.notes) return null;
    return toClipboard(picked, named());
  };

  const remove = (): void => {
    const { selected, selectedEdge } = state();
    if (selectedEdge) draft.change((graph) => removeEdges(graph, [selectedEdge]));
    else if (selected.length > 0) draft.change((graph) => removeItems(graph, selected));
    draft.select([]);
  };

  return {
    /** Adds a block after the selected one, or in the middle of what is seen. */
    add: (seed: BlockSeed): void => {
      const { graph, selected } = state();
      const after = selected.length === 1 ? (selected[0] ?? null) : null;
      const added = addAfter(graph, blockTypes(), seed, { after, elsewhere: view.middle() });
      take(added.graph, [added.id]);
    },
    take,
    copy,
    cut: (): string | null => {
      const text = copy();
      if (text !== null) remove();
      return text;
    },
    paste: (text: string): void => {
      const copied = fromClipboard(text, named());
      if (copied) pasteGraph(copied);
      else sayDone('The clipboard holds no blocks. Copy some here or in another workflow first.');
    },
    duplicate: (): void => pasteGraph(pickItems(state().graph, state().selected)),
    remove,
    nudge: (dx: number, dy: number): void => {
      const { graph, selected } = state();
      const members = new Set(membersAmong(graph, selected));
      const to = boxes().filter((box) => members.has(box.id));
      const places = to.map(({ id, x, y }) => [id, { x: x + dx, y: y + dy }] as const);
      if (places.length > 0) draft.change((old) => moveBlocks(old, Object.fromEntries(places)), 'nudge');
    },
    /** Makes the selected notes wider or taller, or smaller. */
    resize: (dx: number, dy: number): void =>
      draft.change((graph) => resizeNotes(graph, state().selected, { dx, dy }), 'resize'),
    selectAll: (): void => draft.select(boxes().map((box) => box.id)),
    clear: (): void => draft.select([]),
    align: (to: Alignment): void => draft.change((graph) => align(graph, blockTypes(), state().selected, to)),
    distribute: (direction: Direction): void =>
      draft.change((graph) => distribute(graph, blockTypes(), state().selected, direction)),
    group: (): void => {
      const grouped = groupItems(state().graph, state().selected);
      if (grouped && take(grouped.graph, [grouped.id])) view.focus(grouped.id);
    },
    ungroup: (): void => draft.change((graph) => ungroup(graph, state().selected)),
    /** Puts a note above what is selected, or into the middle, and opens it. */
    addNote: (at?: Point): void => {
      const above = boxes().find((box) => box.id === state().selected.at(-1));
      const free = above ? { x: above.x, y: above.y - 112 } : view.middle();
      const added = addNote(state().graph, at ?? free);
      if (take(added.graph, [added.id])) draft.edit(added.id);
    },
    /** Goes to the next block, note or group in a direction; or takes it into the selection as well. */
    walk: (heading: Heading, isMore = false): void => {
      const { selected } = state();
      const from = selected.filter((id) => !isGroup(id)).at(-1);
      const to = from ? neighbourOf(boxes(), from, heading) : (boxes()[0]?.id ?? null);
      if (to === null) return;
      draft.select(isMore ? [...selected.filter((id) => id !== to), to] : [to]);
      view.focus(to);
    },
    /** Opens the text of a note or the title of a group; false for a block, whose settings are open anyway. */
    edit: (): boolean => {
      const [id] = state().selected;
      const isMark = id !== undefined && (isNote(id) || isGroup(id));
      if (isMark) draft.edit(id);
      return isMark;
    },
    /** Gives the keyboard to what is selected, or to the first block. */
    focusSelected: (): void => view.focus(state().selected[0] ?? boxes()[0]?.id ?? ''),
    /** Selects a block; the canvas moves where it is out of sight. */
    goTo: (id: string): void => {
      draft.select([id]);
      view.focus(id);
    },
    tidyUp: (): void => {
      draft.change((graph) => moveBlocks(graph, layout(graph, blockTypes(), columnsInSight())));
      view.fitReadable();
    },
    fitSelection: (): void => {
      const members = new Set(membersAmong(state().graph, state().selected));
      if (members.size === 0) view.fit();
      else view.fitTo(boxes().filter((box) => members.has(box.id)));
    },
  };
}

const snapped = (value: number): number => Math.round(value / 8) * 8;
