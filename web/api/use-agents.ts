import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { agentInvitation, agentsList, credentialTest } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

const everyMs = 5_000;

/** Agents as they reported last, asked for again while somebody looks. */
export function useAgents() {
  return useQuery({
    queryKey: ['agents'],
    queryFn: ({ signal }) => api.get('/agents', { schema: agentsList, signal }),
    refetchInterval: everyMs,
  });
}

/** Adds an agent and answers the token by which a program becomes it. */
export function useAddAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.post('/agents', { body: { name }, schema: agentInvitation }),
    onSuccess: () => renew(client, 'agents'),
  });
}

/** A new token for an agent; its program of before is known no more. */
export function useInviteAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`/agents/${id}/invitation`, { schema: agentInvitation }),
    onSuccess: () => renew(client, 'agents'),
  });
}

export function useRemoveAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/agents/${id}`),
    onSuccess: () => renew(client, 'agents'),
  });
}

/** Lets an agent test a credential of its own; answered at its next contact. */
export function useTestAgentCredential(agentId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credential: string) =>
      api.post(`/agents/${agentId}/credential-test`, { body: { credential }, schema: credentialTest }),
    onSettled: () => renew(client, 'agents', 'integrations'),
  });
}
