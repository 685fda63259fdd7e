import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { ChevronRight, PanelLeftClose, Search } from 'lucide-react';
import { type KeyboardEvent, memo, type ReactNode, useMemo, useRef, useState } from 'react';
import type { Vendor } from '#contract';
import { useCatalogue } from './catalogue.ts';
import { useEditor } from './editor-world.ts';
import type { BlockSeed } from './graph-changes.ts';
import classes from './Palette.module.css';
import { PaletteEntryRow } from './PaletteEntryRow.tsx';
import { findEntries, groupTitles, type PaletteEntry, toEntries } from './palette-entries.ts';
import { useFavourites } from './use-favourites.ts';
import { VendorMark } from './VendorMark.tsx';

type Props = { onAdd: (seed: BlockSeed) => void; onFold: () => void };

/** All blocks that may be added: drag one onto the canvas, or click it to add it after the selected block. */
export const Palette = memo(function Palette({ onAdd, onFold }: Props) {
  const { actions } = useEditor();
  const { blockTypes, vendors } = useCatalogue();
  const { favourites, favour } = useFavourites();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const entries = useMemo(
    () => toEntries([...blockTypes.values()], [...vendors.values()]),
    [blockTypes, vendors],
  );
  const found = findEntries(entries, search);
  const row = (entry: PaletteEntry, title = entry.title): ReactNode => (
    <PaletteEntryRow
      key={entry.key}
      entry={{ ...entry, title }}
      isFavourite={favourites.includes(entry.key)}
      onAdd={onAdd}
      onFavour={favour}
    />
  );

  const moveFocus = (event: KeyboardEvent, by: number): void => {
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    const rows = all.filter((one) => one.checkVisibility());
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') moveFocus(event, 1);
    if (event.key === 'ArrowUp') moveFocus(event, -1);
    if (event.key === 'Escape' && search !== '') setSearch('');
    else if (event.key === 'Escape') actions.focusSelected();
  };
  /** What is typed next replaces the search, so that one block can follow the other. */
  const addFirst = (event: KeyboardEvent<HTMLInputElement>): void => {
    const first = found[0];
    if (event.key !== 'Enter' || search === '' || !first) return;
    event.preventDefault();
    onAdd(first.seed);
    event.currentTarget.select();
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
          <>
            <Section title="Favourites">
              {entries.filter(({ key }) => favourites.includes(key)).map((entry) => row(entry))}
            </Section>
            {[...Map.groupBy(entries, (entry) => entry.group)].map(([group, members]) => (
              <Section key={group} title={groupTitles[group]}>
                {[...Map.groupBy(members, (entry) => entry.vendor)].map(([vendor, own]) =>
                  vendor ? (
                    <Presets key={vendor.id} vendor={vendor} count={own.length}>
                      {own.map((entry) => row(entry, entry.title.replace(`${vendor.title} `, '')))}
                    </Presets>
                  ) : (
                    own.map((entry) => row(entry))
                  ),
                )}
              </Section>
            ))}
          </>
        ) : (
          found.map((entry) => row(entry))
        )}
        {found.length === 0 && (
          <p className={classes.none}>
            Nothing is called “{search}”. Try the name of an app, or use <em>API</em> for any request.
          </p>
        )}
      </div>
      <p className={classes.hint}>
        Drag onto the canvas or an edge, or press Enter to add after the selected block.
      </p>
    </aside>
  );
});

function Section({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.group}>{title}</h2>
      {children}
    </section>
  );
}

type PresetsProps = { vendor: Vendor; count: number; children: ReactNode };

/** The presets of one app, folded: those of all apps would push everything else out of sight. */
function Presets({ vendor, count, children }: PresetsProps) {
  return (
    <details className={classes.presets}>
      <summary className={classes.row} data-entry={vendor.id}>
        <VendorMark title={vendor.title} size={26} />
        <span className={classes.vendor}>{vendor.title}</span>
        <span className={classes.count}>{count}</span>
        <ChevronRight size={14} className={classes.chevron} aria-hidden />
      </summary>
      {children}
    </details>
  );
}
