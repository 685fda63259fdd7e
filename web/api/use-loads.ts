import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type Load,
  type LoadIssue,
  loadIssuesPage,
  loadSchema,
  loadsPage,
  type MissingAccount,
  type MissingDecision,
  missingAccountsPage,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { type ListFilter, usePaged } from './use-paged.ts';

export function useLoads(integrationId: string, limit = 20) {
  return usePaged<Load>({
    key: ['loads', 'of', integrationId],
    path: `/integrations/${integrationId}/loads`,
    filter: { limit },
    schema: loadsPage,
  });
}

export function useLoad(id: string) {
  return useQuery({
    queryKey: ['loads', id],
    queryFn: ({ signal }) => api.get(`/loads/${id}`, { schema: loadSchema, signal }),
    // The socket tells sooner; this catches up when it cannot.
    refetchInterval: ({ state }) => (state.data && !state.data.finishedAt ? 3000 : false),
  });
}

/** Records that the load skipped or could not write. */
export function useLoadIssues(id: string, filter: ListFilter = {}) {
  return usePaged<LoadIssue>({
    key: ['loads', id, 'issues'],
    path: `/loads/${id}/issues`,
    filter,
    schema: loadIssuesPage,
  });
}

/** Accounts that a held load did not list. */
export function useMissingAccounts(id: string) {
  return usePaged<MissingAccount>({
    key: ['loads', id, 'missing-accounts'],
    path: `/loads/${id}/missing-accounts`,
    schema: missingAccountsPage,
  });
}

/** Deactivates the accounts that a held load did not list, or leaves them. */
export function useSettleMissing(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MissingDecision) =>
      api.put(`/loads/${id}/missing-accounts`, { body, schema: loadSchema }),
    onSuccess: (load) => {
      client.setQueryData(['loads', id], load);
      return renew(client, 'loads', 'integrations', 'overview', 'apps');
    },
  });
}

export function useStartLoad(integrationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/integrations/${integrationId}/loads`, { schema: loadSchema }),
    onSuccess: (load) => {
      client.setQueryData(['loads', load.id], load);
      return renew(client, 'loads', 'integrations');
    },
  });
}

export function useCancelLoad(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/loads/${id}/cancellation`),
    onSuccess: () => renew(client, 'loads', 'integrations'),
  });
}
