import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Resolution, type UnclearKind, unclearCallsPage, unclearDecided } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

const mostAtOnce = 200;

/** Parked calls of all runs, or those of one kind of trouble; the oldest 200. */
export function useUnclearCalls(kind: Pick<UnclearKind, 'workflowId' | 'block' | 'reason'> | null) {
  const query = kind && { workflowId: kind.workflowId, block: kind.block, reason: kind.reason };
  return useQuery({
    queryKey: ['runs', 'unclear', query],
    queryFn: ({ signal }) =>
      api.get('/unclear-calls', { query: { ...query, limit: mostAtOnce }, schema: unclearCallsPage, signal }),
  });
}

/** Says about some of them what became of them. */
export function useUnclearDecision() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { choice: Resolution; calls: { runId: string; n: number }[] }) =>
      api.post('/unclear-calls/decisions', { body, schema: unclearDecided }),
    onSettled: () => renew(client, 'runs', 'overview', 'people', 'apps'),
  });
}
