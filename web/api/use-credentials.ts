import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  authorization,
  type credentialChange,
  credentialDetails,
  type credentialInput,
  credentialsList,
  credentialTest,
  paceSchema,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

export type CredentialDraft = z.input<typeof credentialInput>;
export type CredentialChange = z.input<typeof credentialChange>;

export function useCredentials() {
  return useQuery({
    queryKey: ['credentials', 'list'],
    queryFn: ({ signal }) => api.get('/credentials', { schema: credentialsList, signal }),
    select: (list) => list.items,
  });
}

export function useCredential(id: string | null | undefined) {
  return useQuery({
    queryKey: ['credentials', id],
    queryFn: ({ signal }) => api.get(`/credentials/${id}`, { schema: credentialDetails, signal }),
    enabled: Boolean(id),
  });
}

const paceMs = 1_000;

/** How fast it is used now; asked again every second while it is shown. */
export function usePace(id: string) {
  return useQuery({
    queryKey: ['credentials', id, 'pace'],
    queryFn: ({ signal }) => api.get(`/credentials/${id}/pace`, { schema: paceSchema, signal }),
    refetchInterval: paceMs,
  });
}

export function useCreateCredential() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CredentialDraft) => api.post('/credentials', { body, schema: credentialDetails }),
    onSuccess: () => renew(client, 'credentials', 'overview'),
  });
}

export function useChangeCredential(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CredentialChange) =>
      api.patch(`/credentials/${id}`, { body, schema: credentialDetails }),
    onSuccess: () => renew(client, 'credentials'),
  });
}

export function useDeleteCredential(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/credentials/${id}`),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['credentials', id] });
      return renew(client, 'credentials', 'overview');
    },
  });
}

/** Leaves this page for the vendor's sign-in, which returns to `returnTo`. */
export function useAuthenticate() {
  return useMutation({
    mutationFn: ({ id, returnTo }: { id: string; returnTo: string }) =>
      api.post(`/credentials/${id}/authorization`, { body: { returnTo }, schema: authorization }),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

export function useTestCredential() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`/credentials/${id}/test`, { schema: credentialTest }),
    onSettled: () => renew(client, 'credentials'),
  });
}
