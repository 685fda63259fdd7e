import { Tooltip } from '@mantine/core';
import { useNow } from './use-now.ts';
import { toExactText, toRelativeText } from './words.ts';

interface Props {
  at: string | null;
  /** Shown where there is no time. */
  otherwise?: string;
}

/** A time relative to now; the exact one on hover. */
export function TimeAgo({ at, otherwise = '—' }: Props) {
  const nowMs = useNow();
  if (at === null) return <span>{otherwise}</span>;
  return (
    <Tooltip label={toExactText(at)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {toRelativeText(at, nowMs)}
      </time>
    </Tooltip>
  );
}
