import { useState } from 'react';
import type { Variable } from '../fields/form-world.ts';
import { useDraft, useEditor } from './editor-world.ts';
import { Inspector } from './Inspector.tsx';
import { ResizablePanel } from './ResizablePanel.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';
import { useKeepInSight } from './use-keep-in-sight.ts';
import { usePanelWidth } from './use-panel-width.ts';

/** What is selected, at the right: the settings of a block, or what can be done with several things. */
export function SidePanel({ variables }: { variables: readonly Variable[] }) {
  const { draft, mayChange } = useEditor();
  const selected = useRestedSelection();
  const only = selected.length === 1 ? selected[0] : undefined;
  const block = useDraft(({ graph }) => graph.blocks.find((one) => one.id === only));
  const [width, setWidth] = usePanelWidth();
  const items = () => {
    const { blocks, notes = [] } = draft.store.getState().graph;
    return [...blocks, ...notes];
  };
  useKeepInSight(only, items, width);

  return (
    selected.length > 0 &&
    (block || mayChange) && (
      <ResizablePanel
        label={block ? 'Width of the settings' : 'Width of the panel'}
        width={width}
        onWidth={setWidth}
      >
        {block ? (
          <Inspector block={block} variables={variables} onClose={() => draft.select([])} />
        ) : (
          <SelectionPanel />
        )}
      </ResizablePanel>
    )
  );
}

/** What is selected, but not what is only just being dragged: a panel that opens would move the canvas under the hand. */
function useRestedSelection(): readonly string[] {
  const selected = useDraft((state) => state.selected);
  const isDragging = useDraft((state) => state.isDragging);
  const [rested, setRested] = useState(selected);
  if (!isDragging && rested !== selected) setRested(selected);
  return isDragging ? rested : selected;
}
