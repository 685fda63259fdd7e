import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type GlobalVariableView, type globalChange, type globalInput, globalsList } from '#contract';
import { api } from './client.ts';

const path = '/global-variables';
const at = (name: string): string => `${path}/${encodeURIComponent(name)}`;

/** Below the workflows: a change of theirs changes what uses which. */
const queryKey = ['workflows', 'global-variables'];

/** Values that all workflows may use, with the workflows that name them. */
export function useGlobalVariables() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get(path, { schema: globalsList, signal }),
    select: (list) => list.items,
  });
}

type Draft = z.input<typeof globalInput>;

/** Adds a variable, or changes the one that is there. */
export function useSaveGlobalVariable(known: GlobalVariableView | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...rest }: Draft) => {
      const change: z.input<typeof globalChange> = rest;
      return known
        ? api.patch(at(known.name), { body: change, schema: globalsList })
        : api.post(path, { body: { name, ...rest }, schema: globalsList });
    },
    onSuccess: (list) => afterwards(client, list),
  });
}

export function useRemoveGlobalVariable(name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(at(name), { schema: globalsList }),
    onSuccess: (list) => afterwards(client, list),
  });
}

/** The answer is the list; what workflows offer and complain of is asked for again. */
function afterwards(
  client: ReturnType<typeof useQueryClient>,
  list: z.infer<typeof globalsList>,
): Promise<void> {
  client.setQueryData(queryKey, list);
  return client.invalidateQueries({ queryKey: ['workflows'] });
}
