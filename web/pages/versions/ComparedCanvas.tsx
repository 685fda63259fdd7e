import {
  Background,
  BackgroundVariant,
  BaseEdge,
  type EdgeProps,
  getSmoothStepPath,
  getViewportForBounds,
  type NodeProps,
  ReactFlow,
  ReactFlowProvider,
  type Rect,
  type Viewport,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useElementSize } from '@mantine/hooks';
import { Minus, PencilLine, Plus } from 'lucide-react';
import { createContext, memo, useContext, useEffect, useMemo } from 'react';
import type { Graph } from '#contract';
import { BlockCard } from '../../editor/BlockCard.tsx';
import canvas from '../../editor/canvas.module.css';
import { cardWidth } from '../../editor/card-size.ts';
import { useCatalogue } from '../../editor/catalogue.ts';
import { type BlockNode, bendOf, type ExitEdge, toEdges, toNodes } from '../../editor/graph.ts';
import classes from './Comparison.module.css';
import { edgeKey, type Mark, type Marks } from './compared-graph.ts';

interface Props {
  graph: Graph;
  side: 'before' | 'after';
  marks: Marks;
  /** What both canvases show together. */
  bounds: Rect;
  chosen: string | null;
  onChoose: (block: string) => void;
  /** Shared by both, so that they move in step; null until somebody has moved one. */
  viewport: Viewport | null;
  onViewport: (viewport: Viewport) => void;
}

const nodeTypes = { block: ComparedBlock };
const edgeTypes = { exit: ComparedEdge };
const zooms = { min: 0.15, max: 1.2, first: 0.9, chosen: 0.7 };

/** One of two graphs, to be looked at only. */
export function ComparedCanvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  );
}

const Look = createContext<{ marks: Marks; chosen: string | null }>({
  marks: { blocks: new Map(), edges: new Map() },
  chosen: null,
});

function Drawn({ graph, side, marks, bounds, chosen, onChoose, viewport, onViewport }: Props) {
  const { blockTypes } = useCatalogue();
  const { ref, width, height } = useElementSize();
  const nodes = useMemo(() => toNodes(graph, blockTypes, []), [graph, blockTypes]);
  const edges = useMemo(
    () =>
      toEdges(graph, blockTypes, null).map((edge) => {
        const mark = edge.data && marks.edges.get(edgeKey(edge.data.edge));
        return mark ? { ...edge, className: `${edge.className ?? ''} ${mark}` } : edge;
      }),
    [graph, blockTypes, marks],
  );
  const look = useMemo(() => ({ marks, chosen }), [marks, chosen]);
  const shown = viewport ?? getViewportForBounds(bounds, width, height, zooms.min, zooms.first, 0.06);

  // Only one of the two moves both, and only to a block that it has.
  const target = graph.blocks.find(({ id }) => id === chosen);
  const leads = side === 'after' || marks.blocks.get(chosen ?? '') === 'removed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: choosing moves the view; moving it must not choose again
  useEffect(() => {
    if (!target || !leads || width === 0) return;
    const zoom = Math.max(shown.zoom, zooms.chosen);
    const { x, y } = target.position;
    onViewport({ x: width / 2 - (x + cardWidth / 2) * zoom, y: height / 2 - (y + 50) * zoom, zoom });
  }, [target, leads]);

  return (
    <div ref={ref} className={`${canvas.canvas} ${classes.canvas}`} data-mode="run">
      {width > 0 && (
        <Look value={look}>
          <ReactFlow<BlockNode, ExitEdge>
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            viewport={shown}
            onViewportChange={onViewport}
            onNodeClick={(_, node) => onChoose(node.id)}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            panOnScroll
            minZoom={zooms.min}
            maxZoom={zooms.max}
            aria-label={side === 'before' ? 'The workflow before' : 'The workflow after'}
          >
            <Background
              variant={BackgroundVariant.Lines}
              gap={28}
              lineWidth={1}
              color="var(--canvas-rule)"
              id={side}
            />
          </ReactFlow>
        </Look>
      )}
    </div>
  );
}

const badges = {
  added: { icon: Plus, word: 'Added' },
  removed: { icon: Minus, word: 'Removed' },
  changed: { icon: PencilLine, word: 'Changed' },
};

/** What a mark says, as an icon and a word. */
export function MarkBadge({ mark }: { mark: Mark }) {
  const { icon: Icon, word } = badges[mark];
  return (
    <span className={classes.badge} data-mark={mark}>
      <Icon size={12} strokeWidth={2.5} aria-hidden />
      {word}
    </span>
  );
}

const ComparedBlockCard = memo(BlockCard);

function ComparedBlock({ id, data }: NodeProps<BlockNode>) {
  const { marks, chosen } = useContext(Look);
  const mark = marks.blocks.get(id);
  return (
    <div className={classes.block} data-mark={mark}>
      {mark && (
        <span className={classes.flag}>
          <MarkBadge mark={mark} />
        </span>
      )}
      <ComparedBlockCard block={data.block} isConnectable={false} isSelected={chosen === id} state="idle" />
    </div>
  );
}

function ComparedEdge(props: EdgeProps<ExitEdge>) {
  const [path] = getSmoothStepPath({ ...props, ...bendOf(props) });
  return <BaseEdge id={props.id} path={path} />;
}
