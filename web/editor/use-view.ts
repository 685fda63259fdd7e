import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { type Box, boundsOf } from './arrange.ts';
import { cardWidth } from './card-size.ts';
import type { Point } from './graph-changes.ts';
import { fitting } from './use-first-view.ts';

const moment = 180;

/** What of the canvas is seen, and ways to see something else. */
export type View = ReturnType<typeof useView>;

export function useView() {
  const flow = useReactFlow();
  return useMemo(() => {
    const pane = (): DOMRect | undefined => document.querySelector('.react-flow')?.getBoundingClientRect();
    return {
      /** Where a card stands that is put into the middle. */
      middle: (): Point => {
        const box = pane();
        if (!box) return { x: 0, y: 0 };
        const at = flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
        return { x: at.x - cardWidth / 2, y: at.y - 50 };
      },
      /** The part of the canvas that is in sight. */
      seen: (): Omit<Box, 'id'> => {
        const box = pane();
        const { x, y, zoom } = flow.getViewport();
        return {
          x: -x / zoom,
          y: -y / zoom,
          width: (box?.width ?? 0) / zoom,
          height: (box?.height ?? 0) / zoom,
        };
      },
      /** Where a place on the canvas is on the screen. */
      onScreen: (at: Point): Point => flow.flowToScreenPosition(at),
      fit: (): void => {
        void flow.fitView({ ...fitting, duration: moment, maxZoom: 1 });
      },
      /** After a new layout: as much of it as can be read. */
      fitReadable: (): void => {
        // The canvas takes the new places in its next turn.
        setTimeout(() => void flow.fitView({ ...fitting, duration: moment, maxZoom: 1, minZoom: 0.4 }), 60);
      },
      fitTo: (boxes: readonly Box[]): void => {
        const bounds = boundsOf(boxes);
        if (bounds) void flow.fitBounds(bounds, { padding: 0.25, duration: moment });
      },
      zoomIn: (): void => void flow.zoomIn({ duration: moment }),
      zoomOut: (): void => void flow.zoomOut({ duration: moment }),
      zoomWhole: (): void => void flow.zoomTo(1, { duration: moment }),
      /** Gives the keyboard to a block, note or group once it is drawn. */
      focus: (id: string): void => {
        focusWhenDrawn(id, 30);
      },
    };
  }, [flow]);
}

/** How many columns of blocks stand beside each other on the canvas while their words can still be read. */
export function columnsInSight(): number {
  const width = document.querySelector('.react-flow')?.clientWidth ?? 1200;
  return Math.max(3, Math.floor(width / 0.72 / 336));
}

/**
 * At once where it can be; what was just made, or was out of sight, is drawn some frames later. Once it had the focus,
 * it gets it again only when nothing else has it.
 */
function focusWhenDrawn(id: string, frames: number, hadFocus = false): void {
  if (hadFocus && document.activeElement !== document.body) return;
  const element = nodeElement(id);
  element?.focus({ preventScroll: true });
  const hasFocus = element !== null && document.activeElement === element;
  if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(id, frames - 1, hadFocus || hasFocus));
}

const nodeElement = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
