import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type fieldInput, fieldSchema, fieldsList } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

/** The definitions of every value that people and SaaS users have. */
export function useFields() {
  return useQuery({
    queryKey: ['fields'],
    queryFn: ({ signal }) => api.get('/fields', { schema: fieldsList, signal }),
    select: (list) => list.items,
  });
}

/** Creates a field and answers it. */
export function useCreateField() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof fieldInput>) => api.post('/fields', { body, schema: fieldSchema }),
    onSuccess: () => renew(client, 'fields'),
  });
}
