import type { useReactFlow } from '@xyflow/react';
import type { Draft } from './draft.ts';
import { moveBlocks, pasteBlocks, pickBlocks, removeBlocks, removeEdges } from './graph-changes.ts';
import { fitting } from './use-first-view.ts';
import { type Shortcut, useShortcuts } from './use-shortcuts.ts';

type Options = {
  draft: Draft;
  saveNow: () => void;
  tidyUp: () => void;
  openHelp: () => void;
  setIsPaletteOpen: (isOpen: boolean) => void;
  flow: ReturnType<typeof useReactFlow>;
};

const clipboardKey = 'rollcall.copied-blocks';

/** Everything that the keyboard does in the editor. */
export function useEditorShortcuts(options: Options): void {
  useShortcuts(editorShortcuts(options));
}

/** The list that is listened to; `?` shows the same words. */
function editorShortcuts({ draft, saveNow, tidyUp, openHelp, flow, setIsPaletteOpen }: Options): Shortcut[] {
  const state = () => draft.store.getState();
  const move = (dx: number, dy: number) => (): void => {
    const { graph, selected } = state();
    if (selected.length === 0) return;
    const picked = pickBlocks(graph, selected).blocks;
    const to = picked.map(({ id, position }) => [id, { x: position.x + dx, y: position.y + dy }]);
    draft.change((old) => moveBlocks(old, Object.fromEntries(to)), 'nudge');
  };
  const remove = (): void => {
    const { selected, selectedEdge } = state();
    if (selectedEdge) draft.change((graph) => removeEdges(graph, [selectedEdge]));
    else if (selected.length > 0) draft.change((graph) => removeBlocks(graph, selected));
    draft.select(state().selected.filter((id) => state().graph.blocks.some((block) => block.id === id)));
    if (selectedEdge) draft.selectEdge(null);
  };
  const copy = (): void => {
    const { graph, selected } = state();
    if (selected.length > 0)
      sessionStorage.setItem(clipboardKey, JSON.stringify(pickBlocks(graph, selected)));
  };
  const paste = (copied: string | null): void => {
    if (copied === null) return;
    const pasted = pasteBlocks(state().graph, JSON.parse(copied));
    draft.change(() => pasted.graph);
    draft.select(pasted.ids);
  };
  const findBlock = (): void => {
    setIsPaletteOpen(true);
    setTimeout(() => document.getElementById('palette-search')?.focus());
  };

  return [
    { keys: ['mod+z'], words: 'Undo', run: draft.undo, isEverywhere: true },
    { keys: ['mod+shift+z', 'mod+y'], words: 'Redo', run: draft.redo, isEverywhere: true },
    { keys: ['mod+s'], words: 'Save now', run: saveNow, isEverywhere: true },
    { keys: ['/', 'a'], words: 'Find a block to add', run: findBlock },
    { keys: ['Delete', 'Backspace'], words: 'Remove what is selected', run: remove },
    { keys: ['mod+c'], words: 'Copy the selected blocks', run: copy },
    { keys: ['mod+v'], words: 'Paste', run: () => paste(sessionStorage.getItem(clipboardKey)) },
    {
      keys: ['mod+d'],
      words: 'Duplicate the selected blocks',
      run: () => paste(JSON.stringify(pickBlocks(state().graph, state().selected))),
    },
    {
      keys: ['mod+a'],
      words: 'Select all blocks',
      run: () => draft.select(state().graph.blocks.map((block) => block.id)),
    },
    { keys: ['Escape'], words: 'Select nothing', run: () => draft.select([]) },
    { keys: ['ArrowLeft'], words: 'Move the selection', run: move(-8, 0) },
    { keys: ['ArrowRight'], words: 'Move the selection', run: move(8, 0) },
    { keys: ['ArrowUp'], words: 'Move the selection', run: move(0, -8) },
    { keys: ['ArrowDown'], words: 'Move the selection', run: move(0, 8) },
    { keys: ['l'], words: 'Lay out again, left to right', run: tidyUp },
    {
      keys: ['f'],
      words: 'Fit the whole workflow in view',
      run: () => void flow.fitView({ ...fitting, duration: 180, maxZoom: 1 }),
    },
    { keys: ['?'], words: 'Show these shortcuts', run: openHelp },
  ];
}
