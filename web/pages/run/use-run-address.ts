import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import { recordStatuses } from '#contract';
import type { RecordsFilter } from '../../api/use-run.ts';

export type RunAddress = {
  /** The number of the open record; 0 is the run itself; null is none. */
  record: number | null;
  step: number | null;
};

const text = z.string().optional().catch(undefined);
const filterSchema = z.object({
  status: z.enum(recordStatuses).optional().catch(undefined),
  block: text,
  exit: text,
  search: text,
});

/** What the address names of a run: the open record, its open step, and which records are listed. */
export function useRunAddress(): RunAddress & {
  filter: RecordsFilter;
  open: (to: RunAddress) => void;
  /** Lists the records that fit, whichever is open. */
  list: (filter: RecordsFilter) => void;
} {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const put = useCallback(
    (part: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: ((old: Record<string, unknown>) => ({ ...old, ...part })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return {
    record: toNumber(search.record),
    step: toNumber(search.step),
    filter: useMemo(() => filterSchema.parse(search), [search]),
    open: useCallback(
      ({ record, step }) => put({ record: record ?? undefined, step: step ?? undefined }),
      [put],
    ),
    list: useCallback(
      ({ status, block, exit, search: words }) =>
        put({ status, block, exit, search: words, record: undefined, step: undefined }),
      [put],
    ),
  };
}

function toNumber(value: unknown): number | null {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null;
}
