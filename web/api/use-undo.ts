import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { undoOptionSchema, workflowSchema } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

const options = z.strictObject({ items: z.array(undoOptionSchema) });

/** What a run did, block by block, and whether it can be taken back. */
export function useUndoOptions(runId: string) {
  return useQuery({
    queryKey: ['runs', runId, 'undo'],
    queryFn: ({ signal }) => api.get(`/runs/${runId}/undo`, { schema: options, signal }),
    select: ({ items }) => items,
  });
}

/** Makes a draft that takes back what blocks of the run did, and gives it. */
export function useMakeUndo(runId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (blocks: readonly string[]) =>
      api.post(`/runs/${runId}/undo`, { body: { blocks }, schema: workflowSchema }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['runs', runId, 'undo'] });
      return renew(client, 'workflows', 'overview');
    },
  });
}
