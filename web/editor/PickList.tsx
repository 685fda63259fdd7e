import { Popover, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Point } from './graph-changes.ts';
import classes from './PickList.module.css';

export type Pick = { key: string; row: ReactNode; onPick: () => void };

type Props = {
  /** Where on the screen it opens. */
  at: Point;
  label: string;
  /** What is offered for a search. */
  find: (search: string) => readonly Pick[];
  nothing: string;
  onClose: () => void;
};

const mostRows = 60;

/** A short list with a search at one place of the canvas; arrow keys choose, Enter takes. */
export function PickList({ at, label, find, nothing, onClose }: Props) {
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const found = find(search).slice(0, mostRows);
  const chosen = found[active];

  const goTo = (next: number): void => {
    const index = Math.max(0, Math.min(next, found.length - 1));
    setActive(index);
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') goTo(active + 1);
    else if (event.key === 'ArrowUp') goTo(active - 1);
    else if (event.key === 'Enter' && chosen) chosen.onPick();
    else return;
    event.preventDefault();
  };

  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom"
      withinPortal
      withRoles={false}
      trapFocus
      // At once: whoever presses Ctrl F types on without waiting, and the canvas has commands on letters.
      transitionProps={{ duration: 0 }}
      shadow="md"
    >
      <Popover.Target>
        <span className={classes.anchor} style={{ left: at.x, top: at.y }} />
      </Popover.Target>
      <Popover.Dropdown p={6} w={300} role="dialog" aria-label={label}>
        <TextInput
          size="xs"
          autoFocus
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={chosen && `${id}-${active}`}
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
        <div className={classes.list} id={id} role="listbox" aria-label={label}>
          {found.map((pick, index) => (
            <div
              key={pick.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes.row}
              onPointerMove={() => setActive(index)}
              onClick={pick.onPick}
              onKeyDown={onKeyDown}
            >
              {pick.row}
            </div>
          ))}
        </div>
        {found.length === 0 && <p className={classes.none}>{nothing}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
