import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { PanelLeftClose, Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useCatalogue } from './catalogue.ts';
import type { BlockSeed } from './graph-changes.ts';
import classes from './Palette.module.css';
import { PaletteRow } from './PaletteRow.tsx';
import { findEntries, groupTitles, type PaletteEntry, toEntries } from './palette-entries.ts';

/** The kind of data that a drag from the palette carries: the key of an entry. */
export const paletteDrag = 'application/x-rollcall-block';

type Props = { onAdd: (seed: BlockSeed) => void; onFold: () => void };

/** All blocks that may be added: drag one onto the canvas, or click it to add it after the selected block. */
export function Palette({ onAdd, onFold }: Props) {
  const { blockTypes, vendors } = useCatalogue();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const entries = useMemo(
    () => toEntries([...blockTypes.values()], [...vendors.values()]),
    [blockTypes, vendors],
  );
  const found = findEntries(entries, search);

  const moveFocus = (event: KeyboardEvent, by: number): void => {
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-entry]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') moveFocus(event, 1);
    if (event.key === 'ArrowUp') moveFocus(event, -1);
  };
  const addFirst = (event: KeyboardEvent): void => {
    const first = found[0];
    if (event.key !== 'Enter' || search === '' || !first) return;
    event.preventDefault();
    onAdd(first.seed);
  };

  return (
    <aside className={classes.palette} aria-label="Blocks" onKeyDown={onKeyDown}>
      <div className={classes.top}>
        <TextInput
          id="palette-search"
          size="xs"
          className={classes.search}
          placeholder="Find a block or preset"
          aria-label="Find a block or preset"
          leftSection={<Search size={14} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={addFirst}
        />
        <Tooltip label="Fold the palette">
          <ActionIcon variant="subtle" color="gray" aria-label="Fold the palette" onClick={onFold}>
            <PanelLeftClose size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.list} ref={list}>
        {search === '' ? (
          <Grouped entries={found} onAdd={onAdd} />
        ) : (
          found.map((entry) => <Row key={entry.key} entry={entry} onAdd={onAdd} />)
        )}
        {found.length === 0 && (
          <p className={classes.none}>
            Nothing is called “{search}”. Try the name of an app, or use <em>API</em> for any request.
          </p>
        )}
      </div>
      <p className={classes.hint}>Drag onto the canvas, or press Enter to add after the selected block.</p>
    </aside>
  );
}

function Grouped({ entries, onAdd }: { entries: PaletteEntry[]; onAdd: Props['onAdd'] }) {
  const groups = Map.groupBy(entries, (entry) => entry.group);
  return [...groups].map(([group, members]) => (
    <section key={group} aria-label={groupTitles[group]}>
      <h2 className={classes.group}>{groupTitles[group]}</h2>
      {members.map((entry) => (
        <Row key={entry.key} entry={entry} onAdd={onAdd} />
      ))}
    </section>
  ));
}

function Row({ entry, onAdd }: { entry: PaletteEntry; onAdd: Props['onAdd'] }) {
  return (
    <button
      type="button"
      data-entry={entry.key}
      className={classes.row}
      draggable
      title={entry.summary}
      onClick={() => onAdd(entry.seed)}
      onDragStart={(event) => {
        event.dataTransfer.setData(paletteDrag, JSON.stringify(entry.seed));
        event.dataTransfer.effectAllowed = 'copy';
      }}
    >
      <PaletteRow entry={entry} />
    </button>
  );
}
