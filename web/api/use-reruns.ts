import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type RerunKind, rerunOptionsSchema, runSchema } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

/** What may be run again of an ended run, counted now. */
export function useRerunOptions(runId: string) {
  return useQuery({
    queryKey: ['runs', runId, 'reruns'],
    queryFn: ({ signal }) => api.get(`/runs/${runId}/reruns`, { schema: rerunOptionsSchema, signal }),
  });
}

/** Starts a re-run and gives it. */
export function useRerun(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (records: RerunKind) =>
      api.post(`/runs/${runId}/reruns`, { body: { records }, schema: runSchema }),
    onSuccess: () => renew(client, 'runs', 'overview'),
  });
}
