import type { ReactNode } from 'react';
import classes from './KeyValues.module.css';

/** Names and their values; what has no value says so. */
export function KeyValues({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={classes.list}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.row}>
          <dt>{name}</dt>
          <dd>
            {value === '' || value === null || value === undefined ? (
              <span className={classes.none}>—</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
