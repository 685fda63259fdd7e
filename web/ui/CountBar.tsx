import { Tooltip } from '@mantine/core';
import classes from './CountBar.module.css';
import type { Tone } from './tone.ts';
import { toNumberText } from './words.ts';

export interface Part {
  word: string;
  count: number;
  tone: Tone;
}

/** Counts as one small bar with their words beside it; parts of nothing are left out. */
export function CountBar({ parts }: { parts: readonly Part[] }) {
  const shown = parts.filter((part) => part.count > 0);
  if (shown.length === 0) return <span className={classes.none}>No records</span>;
  const words = shown.map((part) => `${toNumberText(part.count)} ${part.word}`).join(' · ');
  return (
    <Tooltip label={words}>
      <span className={classes.counts}>
        <span className={classes.bar} aria-hidden>
          {shown.map((part) => (
            <span key={part.word} data-tone={part.tone} style={{ flexGrow: part.count }} />
          ))}
        </span>
        <span className={classes.words}>{words}</span>
      </span>
    </Tooltip>
  );
}
