import { useMutation, useQueryClient } from '@tanstack/react-query';
import { integrationDetails, mappingVersionsPage } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { usePaged } from './use-paged.ts';

/** Every mapping of an integration that was saved, the newest first. */
export function useMappingVersions(id: string) {
  return usePaged({
    key: ['integrations', id, 'mapping-versions'],
    path: `/integrations/${id}/mapping-versions`,
    schema: mappingVersionsPage,
  });
}

/** Makes an earlier mapping the newest one; `mappingVersion` is the one that was seen last. */
export function useRestoreMapping(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { version: number; mappingVersion: number }) =>
      api.post(`/integrations/${id}/mapping-restoration`, { body, schema: integrationDetails }),
    onSuccess: (details) => {
      client.setQueryData(['integrations', id], details);
      return renew(client, 'integrations');
    },
  });
}
