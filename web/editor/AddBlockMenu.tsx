import { useMemo } from 'react';
import { useCatalogue } from './catalogue.ts';
import type { BlockSeed, Point } from './graph-changes.ts';
import { PaletteRow } from './PaletteRow.tsx';
import { PickList } from './PickList.tsx';
import { findEntries, toEntries } from './palette-entries.ts';

type Props = { at: Point; label: string; onPick: (seed: BlockSeed) => void; onClose: () => void };

/** The palette as a short list at one place of the canvas: for an edge, or for an exit that was dragged into the open. */
export function AddBlockMenu({ at, label, onPick, onClose }: Props) {
  const { blockTypes, vendors } = useCatalogue();
  const entries = useMemo(
    () =>
      toEntries(
        [...blockTypes.values()].filter((type) => type.hasInput),
        [...vendors.values()],
      ),
    [blockTypes, vendors],
  );
  const find = (search: string) =>
    findEntries(entries, search).map((entry) => ({
      key: entry.key,
      row: <PaletteRow entry={entry} />,
      onPick: () => onPick(entry.seed),
    }));
  return <PickList at={at} label={label} find={find} nothing="No block is called that." onClose={onClose} />;
}
