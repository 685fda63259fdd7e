import { Popover, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import classes from './AddBlockMenu.module.css';
import { useCatalogue } from './catalogue.ts';
import type { BlockSeed } from './graph-changes.ts';
import { PaletteRow } from './PaletteRow.tsx';
import { findEntries, toEntries } from './palette-entries.ts';

type Props = {
  /** Where on the screen it opens. */
  at: { x: number; y: number };
  label: string;
  onPick: (seed: BlockSeed) => void;
  onClose: () => void;
};

/** The palette as a short list at one place of the canvas: for an edge, or for an exit that was dragged into the open. */
export function AddBlockMenu({ at, label, onPick, onClose }: Props) {
  const { blockTypes, vendors } = useCatalogue();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const entries = useMemo(
    () =>
      toEntries(
        [...blockTypes.values()].filter((type) => type.hasInput),
        [...vendors.values()],
      ),
    [blockTypes, vendors],
  );
  const found = findEntries(entries, search);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive((old) => Math.min(old + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setActive((old) => Math.max(old - 1, 0));
    else if (event.key === 'Enter' && found[active]) onPick(found[active].seed);
    else return;
    event.preventDefault();
  };

  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom"
      withinPortal
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <span className={classes.anchor} style={{ left: at.x, top: at.y }} />
      </Popover.Target>
      <Popover.Dropdown p={6} w={280}>
        <TextInput
          size="xs"
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="add-block-list"
          aria-activedescendant={found[active] && `add-${found[active].key}`}
          aria-label={label}
          placeholder={label}
          leftSection={<Search size={14} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div className={classes.list} id="add-block-list" role="listbox" aria-label={label}>
          {found.map((entry, index) => (
            <div
              key={entry.key}
              id={`add-${entry.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.row}
              onPointerMove={() => setActive(index)}
              onClick={() => onPick(entry.seed)}
              onKeyDown={onKeyDown}
            >
              <PaletteRow entry={entry} />
            </div>
          ))}
          {found.length === 0 && <p className={classes.none}>No block is called that.</p>}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
