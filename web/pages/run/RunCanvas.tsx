import { Background, BackgroundVariant, Controls, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo } from 'react';
import canvas from '../../editor/canvas.module.css';
import { useCatalogue } from '../../editor/catalogue.ts';
import { type BlockNode, type ExitEdge, toEdges, toNodes } from '../../editor/graph.ts';
import { useFirstView } from '../../editor/use-first-view.ts';
import { RunBlock } from './RunBlock.tsx';
import { RunEdge } from './RunEdge.tsx';
import { pathOf } from './run-words.ts';
import { useRunWorld } from './run-world.ts';

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
  const { details, record, onFilter } = useRunWorld();
  const { blockTypes } = useCatalogue();
  const { graph } = details;
  const nodes = useMemo(() => toNodes(graph, blockTypes, []), [graph, blockTypes]);
  const plain = useMemo(() => toEdges(graph, blockTypes, null), [graph, blockTypes]);
  const edges = useMemo(() => (record ? withPath(plain, pathOf(record).exits) : plain), [plain, record]);
  const onInit = useFirstView(nodes);

  return (
    <div className={canvas.canvas} data-mode="run">
      <ReactFlow<BlockNode, ExitEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={onInit}
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
          aria-label="Zoom"
          fitViewOptions={{ padding: 0.06 }}
        />
      </ReactFlow>
    </div>
  );
}

const withPath = (edges: ExitEdge[], exits: ReadonlySet<string>): ExitEdge[] =>
  edges.map((edge) => ({
    ...edge,
    className: `${edge.className ?? ''} ${exits.has(`${edge.source}.${edge.sourceHandle}`) ? 'path' : 'off'}`,
  }));
