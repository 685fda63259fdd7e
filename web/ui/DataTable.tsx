import { Link } from '@tanstack/react-router';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import classes from './DataTable.module.css';
import { linkTo } from './link-to.ts';

export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  width?: number | string;
  align?: 'right';
  /** Left out on screens narrower than this. */
  from?: 'sm' | 'md' | 'lg';
  /** May shrink to an ellipsis. */
  isCut?: boolean;
}

interface Props<T> {
  /** What the rows are, for those who do not see the page. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** The page that a row opens; its first cell becomes the link, and the arrow keys go from row to row. */
  rowLink?: (row: T) => string;
}

/** Rows of one kind, 36 pixels high, under a head that stays in sight. */
export function DataTable<T>({ label, columns, rows, rowKey, rowLink }: Props<T>) {
  return (
    <div className={classes.scroller}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-align={column.align}
                data-from={column.from}
                style={{ '--column-width': toLength(column.width) } as CSSProperties}
              >
                {column.header || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={rowLink && moveBetweenRows}>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-opens={rowLink ? true : undefined}>
              {columns.map((column, n) => (
                <td
                  key={column.key}
                  data-align={column.align}
                  data-from={column.from}
                  data-cut={column.isCut || undefined}
                >
                  {n === 0 && rowLink ? (
                    <Link {...linkTo(rowLink(row))} className={classes.open} data-row-link>
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toLength(width: number | string | undefined): string {
  return typeof width === 'number' ? `${width}px` : (width ?? 'auto');
}

const steps: Record<string, (n: number, last: number) => number> = {
  ArrowDown: (n, last) => Math.min(n + 1, last),
  ArrowUp: (n) => Math.max(n - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = links.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  links[step(at, links.length - 1)]?.focus();
}
