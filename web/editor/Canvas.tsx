import {
  Background,
  BackgroundVariant,
  Controls,
  type FinalConnectionState,
  MiniMap,
  ReactFlow,
  useReactFlow,
} from '@xyflow/react';
import type { DragEvent, MouseEvent as ReactMouseEvent } from 'react';
import type { Block } from '#contract';
import { AddBlockMenu } from './AddBlockMenu.tsx';
import { addAtExit, addIntoEdge } from './add-block.ts';
import type { MenuPlace } from './CanvasMenu.tsx';
import classes from './canvas.module.css';
import { cardWidth, handleTop } from './card-size.ts';
import { useCatalogue } from './catalogue.ts';
import { dropIntoEdge, edgeAt, isLoose, joinIntoEdge } from './drop-target.ts';
import { EditorBlock } from './EditorBlock.tsx';
import { EditorEdge } from './EditorEdge.tsx';
import { useDraft, useEditor } from './editor-world.ts';
import { FirstBlock } from './FirstBlock.tsx';
import { GroupFrame } from './GroupFrame.tsx';
import { type ExitEdge, isAllowed, toExit } from './graph.ts';
import {
  addBlock,
  type BlockSeed,
  connect,
  type ExitRef,
  isBegin,
  type Point,
  redirectEdge,
} from './graph-changes.ts';
import { manyBlocks } from './many-blocks.ts';
import type { CanvasNode } from './mark-nodes.ts';
import { isNote } from './marks.ts';
import { NoteCard } from './NoteCard.tsx';
import { paletteDrag } from './PaletteEntryRow.tsx';
import { useCanvasItems } from './use-canvas-items.ts';
import { fitting, useFirstView } from './use-first-view.ts';

const nodeTypes = { block: EditorBlock, note: NoteCard, frame: GroupFrame };
const edgeTypes = { exit: EditorEdge };
const noKeys: string[] = [];
const addingKeys = ['Shift', 'Control', 'Meta'];

/** A place that waits for a block to be chosen: an edge, or an exit that was dragged into the open. */
export type InsertPlace = { at: Point } & ({ edgeId: string } | { exit: ExitRef; near?: Point });

type Props = {
  insert: InsertPlace | null;
  onInsert: (place: InsertPlace | null) => void;
  onMenu: (place: MenuPlace) => void;
};

/** The canvas of the editor. React Flow moves what is dragged; the draft hears of it when it comes to rest. */
export function Canvas({ insert, onInsert, onMenu }: Props) {
  const { draft, actions, mayChange } = useEditor();
  const { blockTypes } = useCatalogue();
  const flow = useReactFlow<CanvasNode, ExitEdge>();
  const graph = useDraft((state) => state.graph);
  const { nodes, edges, onNodesChange, onEdgesChange } = useCanvasItems();
  const onInit = useFirstView(nodes);
  const lonely = graph.blocks.length === 1 ? graph.blocks.find(isBegin) : undefined;

  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const from = state.fromHandle;
    if (state.toNode || state.isValid || from?.type !== 'source' || !from.id) return;
    const at = placeOf(event);
    if (at) onInsert({ at, exit: { from: from.nodeId, exit: from.id } });
  };
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(paletteDrag)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    draft.aimAt(edgeAt({ x: event.clientX, y: event.clientY }));
  };
  const onDrop = (event: DragEvent): void => {
    const carried = event.dataTransfer.getData(paletteDrag);
    const { aimedEdge } = draft.store.getState();
    draft.aimAt(null);
    if (carried === '') return;
    event.preventDefault();
    const seed = JSON.parse(carried) as BlockSeed;
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const isFirst = event.target instanceof Element && event.target.closest('[data-first-block]') !== null;
    const added =
      (isFirst && lonely ? addAtExit(graph, seed, firstExit(lonely), besideOf(lonely)) : null) ??
      dropIntoEdge(graph, blockTypes, seed, aimedEdge) ??
      addBlock(graph, seed, { x: point.x - cardWidth / 2, y: point.y - 24 });
    actions.take(added.graph, [added.id]);
  };
  /** Only a block that is joined to nothing can be meant for an edge; others are just moved across it. */
  const onNodeDrag = (event: MouseEvent | TouchEvent, id: string, count: number): void => {
    const at = placeOf(event);
    draft.aimAt(at && count === 1 && isLoose(graph, id) && !isNote(id) ? edgeAt(at) : null);
  };
  const onNodeDragStop = (id: string): void => {
    const { aimedEdge } = draft.store.getState();
    draft.lay();
    draft.change((old) => joinIntoEdge(old, blockTypes, id, aimedEdge), 'drag');
  };
  /** What the menu is opened on is selected first, unless it is one of several that are. */
  const openMenu = (on: MenuPlace['on'], event: MouseEvent | ReactMouseEvent, id?: string): void => {
    event.preventDefault();
    if (on === 'edge' && id) draft.selectEdge(id);
    if (on === 'items' && id && !draft.store.getState().selected.includes(id)) draft.select([id]);
    const at = { x: event.clientX, y: event.clientY };
    onMenu({ on, at, onCanvas: flow.screenToFlowPosition(at) });
  };
  const onPick = (seed: BlockSeed): void => {
    if (!insert) return;
    onInsert(null);
    const point = flow.screenToFlowPosition(insert.at);
    const added =
      'edgeId' in insert
        ? addIntoEdge(graph, blockTypes, seed, insert.edgeId)
        : addAtExit(graph, seed, insert.exit, insert.near ?? { x: point.x, y: point.y - handleTop(0) });
    // The list gives the focus back when it closes; the new block is to have it after that.
    if (actions.take(added.graph, [added.id])) setTimeout(() => actions.focusSelected());
  };

  return (
    <div className={classes.canvas} data-mode="edit">
      <ReactFlow<CanvasNode, ExitEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={onInit}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        nodesDraggable={mayChange}
        nodesConnectable={mayChange}
        edgesReconnectable={mayChange}
        onConnect={(connection) => {
          const exit = toExit(connection);
          if (exit) draft.change((old) => connect(old, exit, connection.target));
        }}
        onConnectEnd={onConnectEnd}
        onReconnect={(edge, { target }) => draft.change((old) => redirectEdge(old, edge.id, target))}
        isValidConnection={({ source, target }) => isAllowed(graph, blockTypes, source, target)}
        onNodeDragStart={draft.lift}
        onNodeDrag={(event, node, dragged) => onNodeDrag(event, node.id, dragged.length)}
        onNodeDragStop={(_, node) => onNodeDragStop(node.id)}
        onSelectionDragStart={draft.lift}
        onSelectionDragStop={draft.lay}
        onEdgeClick={(_, edge) => draft.selectEdge(edge.id)}
        onPaneClick={() => draft.select([])}
        onPaneContextMenu={(event) => openMenu('canvas', event)}
        onNodeContextMenu={(event, node) => openMenu('items', event, node.id)}
        onSelectionContextMenu={(event) => openMenu('items', event)}
        onEdgeContextMenu={(event, edge) => openMenu('edge', event, edge.id)}
        onDragOver={onDragOver}
        onDragLeave={() => draft.aimAt(null)}
        onDrop={onDrop}
        deleteKeyCode={noKeys}
        multiSelectionKeyCode={addingKeys}
        zIndexMode="manual"
        onlyRenderVisibleElements={graph.blocks.length > manyBlocks}
        connectionRadius={36}
        minZoom={0.15}
        maxZoom={1.6}
        snapToGrid
        snapGrid={[8, 8]}
        panOnScroll
        zoomOnDoubleClick={false}
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
          nodeColor={(node) =>
            node.type === 'frame' ? 'var(--canvas-hairline)' : 'var(--canvas-line-strong)'
          }
          ariaLabel="Overview of the workflow"
        />
        {lonely && mayChange && (
          <FirstBlock
            begin={lonely}
            onOpen={(at) => onInsert({ at, exit: firstExit(lonely), near: besideOf(lonely) })}
          />
        )}
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

const firstExit = (begin: Block): ExitRef => ({ from: begin.id, exit: 'next' });
const besideOf = ({ position }: Block): Point => ({ x: position.x + cardWidth + 96, y: position.y });

function placeOf(event: MouseEvent | TouchEvent): Point | null {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  return point ? { x: point.clientX, y: point.clientY } : null;
}
