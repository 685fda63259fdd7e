import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  inputChoices,
  type integrationChange,
  integrationDetails,
  type integrationInput,
  integrationsList,
  type Mapping,
  mappingPreview,
  mappingProposal,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

export function useIntegrations() {
  return useQuery({
    queryKey: ['integrations', 'list'],
    queryFn: ({ signal }) => api.get('/integrations', { schema: integrationsList, signal }),
    select: (list) => list.items,
  });
}

export function useIntegration(id: string) {
  return useQuery({
    queryKey: ['integrations', id],
    queryFn: ({ signal }) => api.get(`/integrations/${id}`, { schema: integrationDetails, signal }),
  });
}

/** Asks the vendor, through the credential, for the values that an input may have. */
export function useInputChoices(id: string, input: string) {
  return useMutation({
    mutationFn: () => api.get(`/integrations/${id}/inputs/${input}/choices`, { schema: inputChoices }),
  });
}

export function useCreateIntegration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof integrationInput>) =>
      api.post('/integrations', { body, schema: integrationDetails }),
    onSuccess: () => renew(client, 'integrations', 'overview'),
  });
}

export function useChangeIntegration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof integrationChange>) =>
      api.patch(`/integrations/${id}`, { body, schema: integrationDetails }),
    onSuccess: (details) => {
      client.setQueryData(['integrations', id], details);
      return renew(client, 'integrations', 'credentials');
    },
  });
}

export function useDeleteIntegration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/integrations/${id}`),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['integrations', id] });
      return renew(client, 'integrations', 'overview', 'credentials');
    },
  });
}

/** Launches a draft, so that it may load users. */
export function useLaunchIntegration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.put(`/integrations/${id}/activation`),
    onSuccess: () => renew(client, 'integrations', 'overview', 'apps'),
  });
}

/** Takes an integration back to draft. */
export function usePauseIntegration(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/integrations/${id}/activation`),
    onSuccess: () => renew(client, 'integrations', 'overview'),
  });
}

/** Smart Mapping: asks for proposals beside what is mapped already; nothing is changed by asking. */
export function useProposeMapping(id: string) {
  return useMutation({
    mutationFn: (mapping: Mapping) =>
      api.post(`/integrations/${id}/mapping-proposal`, { body: { mapping }, schema: mappingProposal }),
  });
}

/** Reads the vendor's first records as this mapping would write them. */
export function usePreviewMapping(id: string) {
  return useMutation({
    mutationFn: (mapping: Mapping | undefined) =>
      api.post(`/integrations/${id}/preview`, { body: mapping ? { mapping } : {}, schema: mappingPreview }),
  });
}
