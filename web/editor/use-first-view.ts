import type { Node, ReactFlowInstance } from '@xyflow/react';
import { useCallback } from 'react';
import { cardWidth } from './card-size.ts';
import type { ExitEdge } from './graph.ts';

const margin = 28;
/** Where edges turn back and counts stand, right of the last column and left of the first. */
const aside = { left: 28, right: 76 };

/** Leaves the tools at the lower edge of the canvas free. */
export const fitting = { padding: { top: '36px', right: '76px', bottom: '64px', left: '44px' } } as const;

/** How much smaller than readable a graph may be drawn, so that no block at its end is cut. */
const leastShare = 0.75;

/** Shows a workflow when it opens: see `firstViewOf`. */
export function useFirstView<N extends Node>(
  nodes: readonly N[],
  readableZoom = 0.72,
): (flow: ReactFlowInstance<N, ExitEdge>) => void {
  return useCallback(
    (flow) => {
      const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
      if (pane && nodes.length > 0) void flow.setViewport(firstViewOf(boundsOf(nodes), pane, readableZoom));
    },
    [nodes, readableZoom],
  );
}

/**
 * The whole graph where it stays readable, or nearly: a block that is cut at the edge may be the one that deletes. A
 * longer one is shown from its start, because the first blocks say what a workflow is about.
 */
export function firstViewOf(
  bounds: { x: number; y: number; width: number; height: number },
  pane: { width: number; height: number },
  readableZoom: number,
): { x: number; y: number; zoom: number } {
  const fitting = Math.min(
    (pane.width - margin * 2) / bounds.width,
    (pane.height - margin * 2) / bounds.height,
  );
  const zoom = fitting >= readableZoom * leastShare ? Math.min(1, fitting) : readableZoom;
  const isWhole = bounds.width * zoom <= pane.width - margin;
  const x = isWhole ? (pane.width - bounds.width * zoom) / 2 : margin;
  const y = Math.max(margin, (pane.height - bounds.height * zoom) / 2);
  return { x: x - bounds.x * zoom, y: y - bounds.y * zoom, zoom };
}

/** The rectangle that nodes and their edges take up. */
export function boundsOf(nodes: readonly Node[]) {
  const x = Math.min(...nodes.map((node) => node.position.x)) - aside.left;
  const y = Math.min(...nodes.map((node) => node.position.y));
  const right = Math.max(...nodes.map((node) => node.position.x + (node.width ?? cardWidth))) + aside.right;
  const bottom = Math.max(
    ...nodes.map(
      (node) => node.position.y + (node.height ?? node.measured?.height ?? node.initialHeight ?? 0),
    ),
  );
  return { x, y, width: right - x, height: bottom - y };
}
