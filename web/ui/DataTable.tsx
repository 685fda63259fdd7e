import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
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
  /** Takes as many lines as it needs. */
  isWrapped?: boolean;
  /** What the list is sorted by when the head is pressed. */
  sort?: string;
}

interface Props<T> {
  /** What the rows are, for those who do not see the page. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** The page that a row opens; its first cell becomes the link, and the arrow keys go from row to row. */
  rowLink?: (row: T) => string;
  /** A column's `sort`, with a minus before it for the other way round. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** More columns than fit: the table scrolls sideways below this width, in pixels. */
  minWidth?: number;
}

/** Rows of one kind, 36 pixels high, under a head that stays in sight. */
export function DataTable<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, rowLink, sort, onSort, minWidth } = props;
  return (
    <div className={classes.scroller} {...(minWidth && { 'data-wide': true, tabIndex: 0 })}>
      <table className={classes.table} aria-label={label} style={{ minWidth }}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-align={column.align}
                data-from={column.from}
                style={{ '--column-width': toLength(column.width) } as CSSProperties}
                {...(column.sort && { 'aria-sort': directionOf(column.sort, sort) })}
              >
                {onSort && column.sort ? (
                  <SortButton column={column.sort} header={column.header} sort={sort} onSort={onSort} />
                ) : (
                  column.header || <span className="sr-only">Actions</span>
                )}
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
                  data-wrapped={column.isWrapped || undefined}
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

interface SortProps {
  column: string;
  header: string;
  sort: string | undefined;
  onSort: (sort: string) => void;
}

/** Sorts by its column; pressed again, the other way round. */
function SortButton({ column, header, sort, onSort }: SortProps) {
  const direction = directionOf(column, sort);
  const Icon = direction === 'descending' ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      className={classes.sort}
      data-sorted={direction !== 'none' || undefined}
      onClick={() => onSort(direction === 'ascending' ? `-${column}` : column)}
    >
      {header}
      <Icon size={13} aria-hidden />
    </button>
  );
}

function directionOf(column: string, sort: string | undefined): 'ascending' | 'descending' | 'none' {
  if (sort === column) return 'ascending';
  return sort === `-${column}` ? 'descending' : 'none';
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
