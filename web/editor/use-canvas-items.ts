import { applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useCatalogue } from './catalogue.ts';
import { useDraft, useEditor } from './editor-world.ts';
import { type BlockNode, type ExitEdge, restedPositions, toEdges, toNodes } from './graph.ts';
import { moveBlocks } from './graph-changes.ts';
import { type CanvasNode, withFrames, withMarkNodes, withMembers } from './mark-nodes.ts';

/** What React Flow draws, and how the draft hears of it: of moves when they come to rest, of selections at once. */
export function useCanvasItems() {
  const { draft } = useEditor();
  const { blockTypes } = useCatalogue();
  const graph = useDraft((state) => state.graph);
  const selected = useDraft((state) => state.selected);
  const selectedEdge = useDraft((state) => state.selectedEdge);
  const drawn = (old: readonly CanvasNode[]): CanvasNode[] =>
    withMarkNodes(graph, toNodes(graph, blockTypes, selected, old.filter(isBlockNode)), selected, old);
  const [nodes, setNodes] = useState<CanvasNode[]>(() => drawn([]));
  const [edges, setEdges] = useState<ExitEdge[]>(() => toEdges(graph, blockTypes, selectedEdge));
  const latest = useRef(nodes);
  const isDragged = useRef(false);

  const show = useCallback((next: CanvasNode[]): void => {
    latest.current = next;
    setNodes(next);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn follows from these alone
  useEffect(() => show(drawn(latest.current)), [graph, blockTypes, selected]);
  useEffect(
    () => setEdges((old) => toEdges(graph, blockTypes, selectedEdge, old)),
    [graph, blockTypes, selectedEdge],
  );

  const onNodesChange = useCallback(
    (own: NodeChange<CanvasNode>[]) => {
      const changes = withMembers(own, latest.current);
      const next = withFrames(applyNodeChanges(changes, latest.current));
      show(next);
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length > 0) {
        const before = draft.store.getState().selected;
        const dropped = new Set(picks.filter((change) => !change.selected).map((change) => change.id));
        const added = picks.filter((change) => change.selected).map((change) => change.id);
        const ids = [...before.filter((id) => !dropped.has(id) && !added.includes(id)), ...added];
        if (ids.length > 0 || before.length > 0) draft.select(ids);
      }
      if (changes.some((change) => change.type === 'position' && change.dragging)) isDragged.current = true;
      const rested = restedPositions(changes);
      if (Object.keys(rested).length === 0) return;
      // A drag is one step of undo; presses of an arrow key are one together.
      draft.change((old) => moveBlocks(old, rested), isDragged.current ? 'drag' : 'nudge');
      isDragged.current = false;
    },
    [draft, show],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<ExitEdge>[]) => {
      const picked = changes.find((change) => change.type === 'select' && change.selected);
      if (picked?.type === 'select') draft.selectEdge(picked.id);
    },
    [draft],
  );
  return { nodes, edges, onNodesChange, onEdgesChange };
}

const isBlockNode = (node: CanvasNode): node is BlockNode => node.type === 'block';
