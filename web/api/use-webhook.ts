import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { webhookSecret, webhookView } from '#contract';
import { api } from './client.ts';

const keyOf = (workflowId: string) => ['workflows', workflowId, 'webhook'] as const;

/** Where other systems start a workflow, and whether they can. */
export function useWebhook(workflowId: string) {
  return useQuery({
    queryKey: keyOf(workflowId),
    queryFn: ({ signal }) => api.get(`/workflows/${workflowId}/webhook`, { schema: webhookView, signal }),
    enabled: workflowId !== '',
  });
}

/** Makes a secret, which is in the answer this once. */
export function useRenewWebhook(workflowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/workflows/${workflowId}/webhook`, { schema: webhookSecret }),
    onSuccess: ({ secret: _secret, ...view }) => client.setQueryData(keyOf(workflowId), view),
  });
}
