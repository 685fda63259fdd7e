import { Check, Pause, TriangleAlert } from 'lucide-react';
import type { BlockCounts } from '#contract';
import { toNumberText } from '../../ui/words.ts';
import classes from './RunCanvas.module.css';
import { leftCount } from './run-words.ts';

type Props = { counts: BlockCounts[string] | undefined; name: string; onClick: () => void };

/** How many records are in a block now, or went through it; a click lists them. */
export function BlockBadge({ counts, name, onClick }: Props) {
  if (!counts) return null;
  const left = leftCount(counts);
  if (counts.active + counts.waiting + left + counts.needsAttention === 0) return null;
  return (
    <span className={classes.badges}>
      {counts.needsAttention > 0 && (
        <button
          type="button"
          className={`nodrag nopan ${classes.badge}`}
          data-kind="attention"
          title={`${counts.needsAttention} in need of attention at ${name}`}
          onClick={onClick}
        >
          <TriangleAlert size={11} aria-hidden />
          {toNumberText(counts.needsAttention)}
        </button>
      )}
      {counts.waiting > 0 && (
        <button
          type="button"
          className={`nodrag nopan ${classes.badge}`}
          data-kind="waiting"
          title={`${counts.waiting} waiting at ${name}`}
          onClick={onClick}
        >
          <Pause size={11} strokeWidth={3} aria-hidden />
          {toNumberText(counts.waiting)}
        </button>
      )}
      {counts.active > 0 ? (
        <button
          type="button"
          className={`nodrag nopan ${classes.badge}`}
          data-kind="active"
          title={`${counts.active} at ${name} now`}
          onClick={onClick}
        >
          <span className={classes.pulse} aria-hidden />
          {toNumberText(counts.active)}
        </button>
      ) : (
        left > 0 && (
          <button
            type="button"
            className={`nodrag nopan ${classes.badge}`}
            data-kind="done"
            title={`${left} went through ${name}`}
            onClick={onClick}
          >
            <Check size={11} strokeWidth={3} aria-hidden />
            {toNumberText(left)}
          </button>
        )
      )}
    </span>
  );
}
