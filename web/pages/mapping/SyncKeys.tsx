import { ActionIcon } from '@mantine/core';
import { ArrowDown, ArrowUp, Star } from 'lucide-react';
import { keyOf, syncKeysOf, withSyncKeyMoved } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './SyncKeys.module.css';

/** By which values a record finds its person, in the order in which they are tried. */
export function SyncKeys({ world }: { world: MappingWorld }) {
  const { rows, change, fields } = world;
  const keys = syncKeysOf(rows);
  const labelOf = (key: string): string => fields.find((field) => keyOf(field) === key)?.label ?? key;
  return (
    <section className={classes.keys} aria-label="Sync keys">
      <h3>
        <Star size={14} aria-hidden />
        Sync keys
      </h3>
      {keys.length === 0 && (
        <p>None yet. Click the star beside a unique field: people are found by its value.</p>
      )}
      <ol>
        {keys.map((row, n) => {
          const label = labelOf(keyOf(row.target));
          return (
            <li key={keyOf(row.target)}>
              <span className={classes.rank}>{n + 1}</span>
              {label}
              {keys.length > 1 && (
                <>
                  <ActionIcon
                    size="xs"
                    aria-label={`Try ${label} earlier`}
                    disabled={n === 0}
                    onClick={() => change(withSyncKeyMoved(rows, row.target, -1))}
                  >
                    <ArrowUp size={13} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    size="xs"
                    aria-label={`Try ${label} later`}
                    disabled={n === keys.length - 1}
                    onClick={() => change(withSyncKeyMoved(rows, row.target, 1))}
                  >
                    <ArrowDown size={13} aria-hidden />
                  </ActionIcon>
                </>
              )}
            </li>
          );
        })}
      </ol>
      {keys.length > 1 && <p>The first one that finds somebody decides.</p>}
    </section>
  );
}
