import { ViewportPortal } from '@xyflow/react';
import { Plus } from 'lucide-react';
import type { Block } from '#contract';
import { cardWidth } from './card-size.ts';
import classes from './FirstBlock.module.css';

type Props = { begin: Block; onOpen: (at: { x: number; y: number }) => void };

/** Beside a Begin that stands alone: where the first block goes, and a way to choose it. */
export function FirstBlock({ begin, onOpen }: Props) {
  const { x, y } = begin.position;
  return (
    <ViewportPortal>
      <button
        type="button"
        className={`nodrag nopan ${classes.place}`}
        data-first-block
        style={{ transform: `translate(${x + cardWidth + 72}px, ${y}px)` }}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onOpen({ x: box.x + box.width / 2, y: box.bottom });
        }}
      >
        <Plus size={18} aria-hidden />
        <span>Add the first block</span>
        <span className={classes.hint}>or drop one here</span>
      </button>
    </ViewportPortal>
  );
}
