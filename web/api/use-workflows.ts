import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { blockTypesList, recipesList, type workflowInput, workflowSchema, workflowsList } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

export type Recipe = z.infer<typeof recipesList>['items'][number];

export function useWorkflows() {
  return useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: ({ signal }) => api.get('/workflows', { schema: workflowsList, signal }),
    select: byName,
  });
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As people read names: 2 comes before 10, and ä beside a, whatever the database thinks. */
export const byName = <T extends { name: string }>({ items }: { items: readonly T[] }): T[] =>
  items.toSorted((a, b) => names.compare(a.name, b.name));

/** Creates a workflow and answers it, with its draft. */
export function useCreateWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof workflowInput>) =>
      api.post('/workflows', { body, schema: workflowSchema }),
    onSuccess: () => renew(client, 'workflows', 'overview'),
  });
}

/** Removes a workflow; its runs stay. */
export function useDeleteWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/workflows/${id}`),
    onSuccess: () => renew(client, 'workflows', 'overview'),
  });
}

export function useRecipes(enabled = true) {
  return useQuery({
    queryKey: ['recipes'],
    queryFn: ({ signal }) => api.get('/recipes', { schema: recipesList, signal }),
    select: (list) => list.items,
    enabled,
  });
}

/** All that the editor knows about block types. */
export function useBlockTypes() {
  return useQuery({
    queryKey: ['block-types'],
    queryFn: ({ signal }) => api.get('/block-types', { schema: blockTypesList, signal }),
    select: (list) => list.items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
