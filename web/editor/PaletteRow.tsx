import { PencilLine, ShieldAlert } from 'lucide-react';
import { isHarmful } from '#contract';
import { BlockIcon } from './BlockIcon.tsx';
import { effectWords } from './effect-words.ts';
import classes from './PaletteRow.module.css';
import type { PaletteEntry } from './palette-entries.ts';

/** The inside of one entry of the palette; the list around it decides what a click does. */
export function PaletteRow({ entry }: { entry: PaletteEntry }) {
  const { does } = entry;
  const isHarm = does !== null && isHarmful(does);
  return (
    <>
      <BlockIcon type={entry.seed.type} group={entry.group} vendorTitle={entry.vendor?.title} size={26} />
      <span className={classes.title}>{entry.title}</span>
      {does && does !== 'read' && (
        <span className={classes.class} data-destructive={isHarm || undefined}>
          {isHarm ? <ShieldAlert size={12} aria-hidden /> : <PencilLine size={11} aria-hidden />}
          {effectWords[does]}
        </span>
      )}
    </>
  );
}
