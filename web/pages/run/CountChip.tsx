import type { Exit } from '#contract';
import { toNumberText } from '../../ui/words.ts';
import classes from './RunCanvas.module.css';

type Props = { count: number; tone: Exit['tone']; label: string; isChosen: boolean; onClick: () => void };

/** How many records took an exit; a click lists them. */
export function CountChip({ count, tone, label, isChosen, onClick }: Props) {
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes.chip}`}
      data-tone={tone}
      data-chosen={isChosen || undefined}
      aria-label={`${count} left by ${label}: show them`}
      title={`${label}: show these records`}
      onClick={onClick}
    >
      {toNumberText(count)}
    </button>
  );
}
