import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { ChevronRight, PanelLeftClose, Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Vendor } from '#contract';
import { useCatalogue } from './catalogue.ts';
import type { BlockSeed } from './graph-changes.ts';
import classes from './Palette.module.css';
import { PaletteRow } from './PaletteRow.tsx';
import { findEntries, groupTitles, type PaletteEntry, toEntries } from './palette-entries.ts';
import { VendorMark } from './VendorMark.tsx';

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
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    const rows = all.filter((row) => row.checkVisibility());
    const at = rows.indexOf(document.activeElement as HTMLElement);
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
      {[...Map.groupBy(members, (entry) => entry.vendor)].map(([vendor, own]) =>
        vendor ? (
          <Presets key={vendor.id} vendor={vendor} entries={own} onAdd={onAdd} />
        ) : (
          own.map((entry) => <Row key={entry.key} entry={entry} onAdd={onAdd} />)
        ),
      )}
    </section>
  ));
}

type PresetsProps = { vendor: Vendor; entries: PaletteEntry[]; onAdd: Props['onAdd'] };

/** The presets of one app, folded: those of all apps would push everything else out of sight. */
function Presets({ vendor, entries, onAdd }: PresetsProps) {
  return (
    <details className={classes.presets}>
      <summary className={classes.row} data-entry={vendor.id}>
        <VendorMark title={vendor.title} size={26} />
        <span className={classes.vendor}>{vendor.title}</span>
        <span className={classes.count}>{entries.length}</span>
        <ChevronRight size={14} className={classes.chevron} aria-hidden />
      </summary>
      {entries.map((entry) => (
        <Row
          key={entry.key}
          entry={{ ...entry, title: entry.title.replace(`${vendor.title} `, '') }}
          onAdd={onAdd}
        />
      ))}
    </details>
  );
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
