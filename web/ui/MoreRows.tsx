import { Button, Text } from '@mantine/core';
import classes from './MoreRows.module.css';
import { toNumberText } from './words.ts';

/** A list that the server cuts into pages, as far as it was read. */
export interface PagedList<T> {
  items: readonly T[];
  total: number | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** How much of a list is shown, and the way to the rest. */
export function MoreRows<T>({ list }: { list: PagedList<T> }) {
  const { items, total, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  if (total === undefined || (!hasNextPage && total <= 10)) return null;
  return (
    <div className={classes.foot}>
      <Text size="sm" c="dimmed" className="tabular">
        {hasNextPage
          ? `${toNumberText(items.length)} of ${toNumberText(total)} shown`
          : `All ${toNumberText(total)} shown`}
      </Text>
      {hasNextPage && (
        <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
