import { Button, Text } from '@mantine/core';
import classes from './MoreRows.module.css';
import { toNumberText } from './words.ts';

interface Props {
  shown: number;
  total: number | undefined;
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
}

/** How much of a list is shown, and the way to the rest. */
export function MoreRows({ shown, total, hasMore, isLoading, onMore }: Props) {
  if (total === undefined || (!hasMore && total <= 10)) return null;
  return (
    <div className={classes.foot}>
      <Text size="sm" c="dimmed" className="tabular">
        {hasMore
          ? `${toNumberText(shown)} of ${toNumberText(total)} shown`
          : `All ${toNumberText(total)} shown`}
      </Text>
      {hasMore && (
        <Button variant="default" size="xs" loading={isLoading} onClick={onMore}>
          Show more
        </Button>
      )}
    </div>
  );
}
