import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type OwnPresetInput, ownPresetSchema, ownPresetsList } from '#contract';
import { api } from './client.ts';

const key = ['own-presets'];

/** Requests that operators saved to use them again. */
export function useOwnPresets() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/own-presets', { schema: ownPresetsList, signal }),
    select: ({ items }) => items,
  });
}

/** Saves a new one, or in the place of the one with this id. */
export function useSaveOwnPreset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, input }: { id: string | null; input: OwnPresetInput }) =>
      id === null
        ? api.post('/own-presets', { body: input, schema: ownPresetSchema })
        : api.put(`/own-presets/${id}`, { body: input, schema: ownPresetSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveOwnPreset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/own-presets/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
}
