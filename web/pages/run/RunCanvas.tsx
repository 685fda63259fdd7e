import {
  Background,
  BackgroundVariant,
  ControlButton,
  Controls,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { MoveHorizontal, WrapText } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Graph } from '#contract';
import canvas from '../../editor/canvas.module.css';
import { cardWidth } from '../../editor/card-size.ts';
import { useCatalogue } from '../../editor/catalogue.ts';
import { type BlockNode, type ExitEdge, toEdges, toNodes } from '../../editor/graph.ts';
import { moveBlocks } from '../../editor/graph-changes.ts';
import { layout } from '../../editor/layout.ts';
import { manyBlocks } from '../../editor/many-blocks.ts';
import { fitting, useFirstView } from '../../editor/use-first-view.ts';
import { useKeepInSight } from '../../editor/use-keep-in-sight.ts';
import { RunBlock } from './RunBlock.tsx';
import { RunEdge } from './RunEdge.tsx';
import { pathOf } from './run-words.ts';
import { useRunWorld } from './run-world.ts';
import { useRefit, useWindowKind } from './use-refit.ts';

const nodeTypes = { block: RunBlock };
const edgeTypes = { exit: RunEdge };

/** The version that ran, on the same canvas but not to be changed. */
export function RunCanvas({ onOpenBlock }: { onOpenBlock: (block: string) => void }) {
  return (
    <ReactFlowProvider>
      <Drawn onOpenBlock={onOpenBlock} />
    </ReactFlowProvider>
  );
}

function Drawn({ onOpenBlock }: { onOpenBlock: (block: string) => void }) {
  const { details, record, openBlock, onFilter } = useRunWorld();
  const { blockTypes } = useCatalogue();
  const { graph } = details;
  const windowKind = useWindowKind();
  /** Whether somebody wants it folded; until somebody says, it follows from the window. */
  const [wish, setWish] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is too wide follows from the window
  const isWide = useMemo(() => isTooWide(graph), [graph, windowKind]);
  const isFolded = wish ?? isWide;
  // biome-ignore lint/correctness/useExhaustiveDependencies: how many columns there are follows from the window
  const nodes = useMemo(() => {
    const shown = isFolded ? moveBlocks(graph, layout(graph, blockTypes, foldedColumns())) : graph;
    return toNodes(shown, blockTypes, []);
  }, [graph, blockTypes, isFolded, windowKind]);
  const plain = useMemo(() => toEdges(graph, blockTypes, null), [graph, blockTypes]);
  const edges = useMemo(() => (record ? withPath(plain, pathOf(record).exits) : plain), [plain, record]);
  const flow = useReactFlow<BlockNode, ExitEdge>();
  const onInit = useFirstView(nodes, 0.6);
  const { moved, fitted } = useRefit(windowKind, () => onInit(flow));
  const fold = (): void => {
    fitted();
    setWish(!isFolded);
    // The canvas takes the new places in its next turn.
    setTimeout(() => void flow.fitView({ ...fitting, duration: 180, maxZoom: 1 }), 60);
  };
  useKeepInSight(openBlock ?? undefined, () =>
    nodes.map((node) => ({ ...node.data.block, position: node.position })),
  );

  return (
    <div className={canvas.canvas} data-mode={details.run.mode}>
      <ReactFlow<BlockNode, ExitEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={onInit}
        // Moves that the page makes itself come without an event.
        onMoveStart={(event) => event && moved()}
        onlyRenderVisibleElements={graph.blocks.length > manyBlocks}
        onNodeClick={(_, node) => onOpenBlock(node.id)}
        onEdgeClick={(_, edge) => onFilter({ block: edge.source, exit: edge.sourceHandle ?? undefined })}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        nodesFocusable={false}
        panOnScroll
        minZoom={0.15}
        maxZoom={1.6}
        aria-label="The workflow as it ran"
      >
        <Background variant={BackgroundVariant.Lines} gap={28} lineWidth={1} color="var(--canvas-rule)" />
        <Controls
          showInteractive={false}
          position="bottom-left"
          orientation="horizontal"
          aria-label="Zoom"
          fitViewOptions={fitting}
          onZoomIn={moved}
          onZoomOut={moved}
          onFitView={fitted}
        >
          {isWide && (
            <ControlButton
              aria-label={isFolded ? 'Show as it was drawn' : 'Fold into rows'}
              title={isFolded ? 'Show as it was drawn' : 'Fold into rows'}
              onClick={fold}
            >
              {isFolded ? <MoveHorizontal aria-hidden /> : <WrapText aria-hidden />}
            </ControlButton>
          )}
        </Controls>
      </ReactFlow>
    </div>
  );
}

/** What stands beside the canvas: the navigation and the list of records. */
const besideCanvas = 600;
const step = cardWidth + 96;

const paneWidth = (): number => Math.max(340, window.innerWidth - besideCanvas);

/** A workflow that was drawn as one long row cannot be read at a glance; it is folded, for reading only. */
function isTooWide(graph: Graph): boolean {
  const lefts = graph.blocks.map((block) => block.position.x);
  return Math.max(...lefts) - Math.min(...lefts) + cardWidth > paneWidth() / 0.5;
}

const foldedColumns = (): number => Math.max(2, Math.floor(paneWidth() / 0.66 / step));

const withPath = (edges: ExitEdge[], exits: ReadonlySet<string>): ExitEdge[] =>
  edges.map((edge) => ({
    ...edge,
    className: `${edge.className ?? ''} ${exits.has(`${edge.source}.${edge.sourceHandle}`) ? 'path' : 'off'}`,
  }));
