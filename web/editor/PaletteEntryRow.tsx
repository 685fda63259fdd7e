import { Star } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { BlockSeed } from './graph-changes.ts';
import classes from './Palette.module.css';
import { PaletteRow } from './PaletteRow.tsx';
import type { PaletteEntry } from './palette-entries.ts';

/** The kind of data that a drag from the palette carries: a block that is about to be made. */
export const paletteDrag = 'application/x-rollcall-block';

type Props = {
  entry: PaletteEntry;
  isFavourite: boolean;
  onAdd: (seed: BlockSeed) => void;
  onFavour: (key: string) => void;
};

/** One entry of the palette: dragged, clicked, or taken by Enter; its star, or the key `*`, makes it a favourite. */
export function PaletteEntryRow({ entry, isFavourite, onAdd, onFavour }: Props) {
  const favour = isFavourite ? `Take ${entry.title} from the favourites` : `Make ${entry.title} a favourite`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== '*') return;
    event.preventDefault();
    onFavour(entry.key);
  };
  return (
    <div className={classes.entry}>
      <button
        type="button"
        data-entry={entry.key}
        className={classes.row}
        draggable
        title={entry.summary}
        onClick={() => onAdd(entry.seed)}
        onKeyDown={onKeyDown}
        onDragStart={(event) => {
          event.dataTransfer.setData(paletteDrag, JSON.stringify(entry.seed));
          event.dataTransfer.effectAllowed = 'copy';
        }}
      >
        <PaletteRow entry={entry} />
      </button>
      <button
        type="button"
        className={classes.star}
        aria-label={favour}
        aria-pressed={isFavourite}
        title={favour}
        tabIndex={-1}
        onClick={() => onFavour(entry.key)}
      >
        <Star size={14} aria-hidden />
      </button>
    </div>
  );
}
