import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  invitation,
  type OperatorInput,
  operator,
  operatorInvitation,
  operatorsList,
  type Role,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

/** Who may sign in, and who is invited. */
export function useOperators() {
  return useQuery({
    queryKey: ['operators'],
    queryFn: ({ signal }) => api.get('/operators', { schema: operatorsList, signal }),
  });
}

/** Answers the one-time link. */
export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: OperatorInput) => api.post('/operators', { body, schema: operatorInvitation }),
    onSuccess: () => renew(client, 'operators'),
  });
}

export function useChangeRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      api.put(`/operators/${id}/role`, { body: { role }, schema: operator }),
    onSuccess: () => renew(client, 'operators', 'approvals', 'safety'),
  });
}

export function useRemoveOperator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/operators/${id}`),
    onSuccess: () => renew(client, 'operators', 'approvals', 'safety'),
  });
}

export function useWithdrawInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/invitations/${id}`),
    onSuccess: () => renew(client, 'operators'),
  });
}

/** Whom the code of a link invites; asked without using it up. */
export function useInvited(code: string) {
  return useQuery({
    queryKey: ['operators', 'invited', code],
    queryFn: () => api.post('/invitations/look', { body: { code }, schema: invitation }),
    enabled: code !== '',
    retry: false,
  });
}

/** Makes the operator, and signs this browser in. */
export function useAcceptInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { code: string; password: string }) =>
      api.post('/invitations/acceptance', { body, schema: operator }),
    onSuccess() {
      // The code is used up: asking with it again would only be refused.
      const isInvited = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] === 'invited';
      return client.resetQueries({ predicate: (query) => !isInvited(query) });
    },
  });
}
