import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent } from 'react';
import { cardWidth } from './card-size.ts';

type Placed = { id: string; position: { x: number; y: number } };

const margin = 24;

/**
 * Moves the canvas just so far that a block stays visible when a panel opens beside it or is made wider, or when it is
 * jumped to.
 */
export function useKeepInSight(id: string | undefined, items: () => readonly Placed[], panelWidth = 0): void {
  const flow = useReactFlow();
  const current = useEffectEvent(items);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a panel of another width leaves another part in sight
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => {
      const block = current().find((one) => one.id === id);
      const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
      if (!block || !pane) return;
      const { x, y, zoom } = flow.getViewport();
      const left = block.position.x * zoom + x;
      const top = block.position.y * zoom + y;
      const dx = pull(left, left + cardWidth * zoom, pane.width);
      const dy = pull(top, top + 140 * zoom, pane.height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 160 });
    }, 40);
    return () => clearTimeout(timer);
  }, [id, flow, panelWidth]);
}

/** How far to move so that what lies between start and end lies within the pane. */
function pull(start: number, end: number, size: number): number {
  if (start < margin) return margin - start;
  if (end > size - margin) return size - margin - end;
  return 0;
}
