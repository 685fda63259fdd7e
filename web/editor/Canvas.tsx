import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useState } from 'react';
import { AddBlockMenu } from './AddBlockMenu.tsx';
import { addAtExit, addIntoEdge } from './add-block.ts';
import classes from './canvas.module.css';
import { cardWidth, handleTop } from './card-size.ts';
import { useCatalogue } from './catalogue.ts';
import { EditorBlock } from './EditorBlock.tsx';
import { EditorEdge } from './EditorEdge.tsx';
import { useDraft, useEditor } from './editor-world.ts';
import {
  type BlockNode,
  type ExitEdge,
  isAllowed,
  restedPositions,
  toEdges,
  toExit,
  toNodes,
} from './graph.ts';
import { addBlock, type BlockSeed, connect, type ExitRef, moveBlocks } from './graph-changes.ts';
import { paletteDrag } from './Palette.tsx';
import { fitting, useFirstView } from './use-first-view.ts';

const nodeTypes = { block: EditorBlock };
const edgeTypes = { exit: EditorEdge };
const noKeys: string[] = [];

/** A place that waits for a block to be chosen: an edge, or an exit that was dragged into the open. */
export type InsertPlace = { at: { x: number; y: number } } & ({ edgeId: string } | { exit: ExitRef });

type Props = { insert: InsertPlace | null; onInsert: (place: InsertPlace | null) => void };

/** The canvas of the editor. React Flow moves what is dragged; the draft hears of it when it comes to rest. */
export function Canvas({ insert, onInsert }: Props) {
  const { draft } = useEditor();
  const { blockTypes } = useCatalogue();
  const flow = useReactFlow<BlockNode, ExitEdge>();
  const graph = useDraft((state) => state.graph);
  const selected = useDraft((state) => state.selected);
  const selectedEdge = useDraft((state) => state.selectedEdge);
  const [nodes, setNodes] = useState<BlockNode[]>(() => toNodes(graph, blockTypes, selected));
  const [edges, setEdges] = useState<ExitEdge[]>(() => toEdges(graph, blockTypes, selectedEdge));
  const onInit = useFirstView(nodes);

  useEffect(
    () => setNodes((old) => toNodes(graph, blockTypes, selected, old)),
    [graph, blockTypes, selected],
  );
  useEffect(
    () => setEdges((old) => toEdges(graph, blockTypes, selectedEdge, old)),
    [graph, blockTypes, selectedEdge],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<BlockNode>[]) => {
      setNodes((old) => applyNodeChanges(changes, old));
      const picks = changes.filter((change) => change.type === 'select');
      if (picks.length > 0) {
        const before = draft.store.getState().selected;
        const dropped = new Set(picks.filter((change) => !change.selected).map((change) => change.id));
        const added = picks.filter((change) => change.selected).map((change) => change.id);
        const next = [...before.filter((id) => !dropped.has(id) && !added.includes(id)), ...added];
        if (next.length > 0 || before.length > 0) draft.select(next);
      }
      const rested = restedPositions(changes);
      if (Object.keys(rested).length > 0) draft.change((old) => moveBlocks(old, rested), 'move');
    },
    [draft],
  );

  const onConnect = (connection: Connection): void => {
    const exit = toExit(connection);
    if (exit) draft.change((old) => connect(old, exit, connection.target));
  };
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const from = state.fromHandle;
    if (state.toNode || state.isValid || from?.type !== 'source' || !from.id) return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!point) return;
    onInsert({ at: { x: point.clientX, y: point.clientY }, exit: { from: from.nodeId, exit: from.id } });
  };
  const onDrop = (event: DragEvent): void => {
    const carried = event.dataTransfer.getData(paletteDrag);
    if (carried === '') return;
    event.preventDefault();
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    place(JSON.parse(carried) as BlockSeed, (old, seed) =>
      addBlock(old, seed, { x: point.x - cardWidth / 2, y: point.y - 24 }),
    );
  };
  const place = (
    seed: BlockSeed,
    add: (old: typeof graph, seed: BlockSeed) => ReturnType<typeof addBlock>,
  ): void => {
    const added = add(draft.store.getState().graph, seed);
    draft.change(() => added.graph);
    draft.select([added.id]);
  };
  const onPick = (seed: BlockSeed): void => {
    if (!insert) return;
    onInsert(null);
    const point = flow.screenToFlowPosition(insert.at);
    place(seed, (old) =>
      'edgeId' in insert
        ? addIntoEdge(old, blockTypes, seed, insert.edgeId)
        : addAtExit(old, seed, insert.exit, { x: point.x, y: point.y - handleTop(0) }),
    );
  };

  return (
    <div className={classes.canvas} data-mode="edit">
      <ReactFlow<BlockNode, ExitEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={onInit}
        onNodesChange={onNodesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={({ source, target }) => isAllowed(graph, blockTypes, source, target)}
        onEdgeClick={(_, edge) => draft.selectEdge(edge.id)}
        onPaneClick={() => draft.select([])}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(paletteDrag)) return;
          event.preventDefault();
          event.dataTransfer.dropEffect = 'copy';
        }}
        onDrop={onDrop}
        deleteKeyCode={noKeys}
        connectionRadius={36}
        minZoom={0.15}
        maxZoom={1.6}
        snapToGrid
        snapGrid={[8, 8]}
        panOnScroll
        nodeDragThreshold={3}
        aria-label="Canvas of the workflow"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} color="var(--canvas-dot)" />
        <Controls
          showInteractive={false}
          position="bottom-left"
          orientation="horizontal"
          aria-label="Zoom"
          fitViewOptions={fitting}
        />
        <MiniMap
          pannable
          zoomable
          position="bottom-right"
          style={{ width: 120, height: 68 }}
          nodeBorderRadius={8}
          nodeColor="var(--canvas-line-strong)"
          ariaLabel="Overview of the workflow"
        />
      </ReactFlow>
      {insert && (
        <AddBlockMenu
          at={insert.at}
          label={'edgeId' in insert ? 'Insert a block here' : 'Go on with a block'}
          onPick={onPick}
          onClose={() => onInsert(null)}
        />
      )}
    </div>
  );
}
