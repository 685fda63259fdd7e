import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type Resolution,
  type UnclearDecided,
  type UnclearKind,
  unclearCallsPage,
  unclearDecided,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

const mostAtOnce = 200;

/** Parked calls of all runs, or those of one kind of trouble, the oldest first; 200 at a time. */
export function useUnclearCalls(kind: Pick<UnclearKind, 'workflowId' | 'block' | 'reason'> | null) {
  const query = kind && { workflowId: kind.workflowId, block: kind.block, reason: kind.reason };
  return useInfiniteQuery({
    queryKey: ['runs', 'unclear', query],
    queryFn: ({ pageParam, signal }) =>
      api.get('/unclear-calls', {
        query: { ...query, limit: mostAtOnce, cursor: pageParam },
        schema: unclearCallsPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    select: ({ pages }) => ({
      items: pages.flatMap(({ items }) => items),
      total: pages.at(-1)?.total ?? 0,
      kinds: pages.at(-1)?.kinds ?? [],
    }),
  });
}

/** Says about some of them what became of them; 200 are told at a time, in their order. */
export function useUnclearDecision() {
  const client = useQueryClient();
  return useMutation({
    async mutationFn({
      choice,
      calls,
    }: {
      choice: Resolution;
      calls: { runId: string; n: number; step: number }[];
    }) {
      const all: UnclearDecided = { settled: 0, refused: [] };
      for (let i = 0; i < calls.length; i += mostAtOnce) {
        const body = { choice, calls: calls.slice(i, i + mostAtOnce) };
        const { settled, refused } = await api.post('/unclear-calls/decisions', {
          body,
          schema: unclearDecided,
        });
        all.settled += settled;
        all.refused.push(...refused);
      }
      return all;
    },
    onSettled: () => renew(client, 'runs', 'overview', 'people', 'apps'),
  });
}
