import { PencilLine, ShieldAlert } from 'lucide-react';
import type { CallClass } from '#contract';
import { BlockIcon } from './BlockIcon.tsx';
import classes from './PaletteRow.module.css';
import type { PaletteEntry } from './palette-entries.ts';

/** What a call does to the app, in one word. */
const classWords: Record<CallClass, string> = {
  read: 'reads',
  idempotent: 'writes',
  'non-idempotent': 'writes',
  destructive: 'deletes',
};

/** The inside of one entry of the palette; the list around it decides what a click does. */
export function PaletteRow({ entry }: { entry: PaletteEntry }) {
  const isDestructive = entry.callClass === 'destructive';
  return (
    <>
      <BlockIcon type={entry.seed.type} group={entry.group} vendorTitle={entry.vendor?.title} size={26} />
      <span className={classes.title}>{entry.title}</span>
      {entry.callClass && entry.callClass !== 'read' && (
        <span className={classes.class} data-destructive={isDestructive || undefined}>
          {isDestructive ? <ShieldAlert size={12} aria-hidden /> : <PencilLine size={11} aria-hidden />}
          {classWords[entry.callClass]}
        </span>
      )}
    </>
  );
}
