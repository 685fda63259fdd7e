import type { ReactNode } from 'react';
import classes from './FilterBar.module.css';

/** Search and filters of a list, with what matches at the right. */
export function FilterBar({ children, count }: { children: ReactNode; count?: ReactNode }) {
  return (
    <div className={classes.bar}>
      {children}
      {count && (
        <span className={classes.count} role="status">
          {count}
        </span>
      )}
    </div>
  );
}
