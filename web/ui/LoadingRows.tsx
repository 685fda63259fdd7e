import { Skeleton } from '@mantine/core';
import classes from './LoadingRows.module.css';

const widths = ['34%', '48%', '41%', '29%', '52%', '37%', '45%', '31%'];

/** The shape of a table while its rows are on their way. */
export function LoadingRows({ rows = 6 }: { rows?: number }) {
  return (
    <div className={classes.rows} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no other identity
        <div key={n} className={classes.row}>
          <Skeleton h={10} w={widths[n % widths.length] ?? '40%'} radius="xl" />
          <Skeleton h={10} w={90} radius="xl" />
          <Skeleton h={10} w={60} radius="xl" />
        </div>
      ))}
    </div>
  );
}
