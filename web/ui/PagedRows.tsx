import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState.tsx';
import { LoadingRows } from './LoadingRows.tsx';
import { MoreRows, type PagedList } from './MoreRows.tsx';

interface Props<T> {
  list: PagedList<T> & { error: unknown; isPending: boolean; refetch: () => unknown };
  /** How many stand in while the first page is on its way. */
  rows: number;
  /** In place of the rows where there are none. */
  empty?: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** What a paged list holds: its rows, or why there are none, and the way to more. */
export function PagedRows<T>({ list, rows, empty, children }: Props<T>) {
  const { items, total, error, isPending, refetch } = list;
  return (
    <>
      {error !== null && items.length === 0 && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && error === null && <LoadingRows rows={rows} />}
      {items.length > 0 && children(items)}
      {total === 0 && empty}
      <MoreRows list={list} />
    </>
  );
}
