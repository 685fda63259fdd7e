import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type fieldChange, fieldDetails, type fieldInput, fieldSchema, fieldsList } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

export type FieldDraft = z.input<typeof fieldInput>;

/** The definitions of every value that people and SaaS users have. */
export function useFields() {
  return useQuery({
    queryKey: ['fields'],
    queryFn: ({ signal }) => api.get('/fields', { schema: fieldsList, signal }),
    select: (list) => list.items,
  });
}

/** One field with what uses it. */
export function useField(id: string) {
  return useQuery({
    queryKey: ['fields', id],
    queryFn: ({ signal }) => api.get(`/fields/${id}`, { schema: fieldDetails, signal }),
  });
}

/** Creates a field and answers it. */
export function useCreateField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FieldDraft) => api.post('/fields', { body, schema: fieldSchema }),
    onSuccess: () => renew(client, 'fields'),
  });
}

export function useChangeField(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof fieldChange>) =>
      api.patch(`/fields/${id}`, { body, schema: fieldDetails }),
    onSuccess: () => renew(client, 'fields'),
  });
}

/** Removes a field with its values. */
export function useRemoveField(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/fields/${id}`),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['fields', id] });
      return renew(client, 'fields', 'people', 'apps');
    },
  });
}
