import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { versionSchema, versionsList, workflowDifference, workflowSchema } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { useKeepWorkflow } from './use-workflow-draft.ts';

const path = (id: string, rest = ''): string => `/workflows/${encodeURIComponent(id)}${rest}`;

/** A version by its number, or the draft. */
export type Side = number | 'draft';

/** Every version of a workflow, the newest first. */
export function useVersionList(id: string) {
  return useQuery({
    queryKey: ['workflows', id, 'versions'],
    queryFn: ({ signal }) => api.get(path(id, '/versions'), { schema: versionsList, signal }),
    select: (list) => list.items,
  });
}

/** One version with its graph; it never changes. */
export function useVersion(id: string, number: number) {
  return useQuery({
    queryKey: ['workflows', id, 'versions', number],
    queryFn: ({ signal }) => api.get(path(id, `/versions/${number}`), { schema: versionSchema, signal }),
  });
}

/** One workflow as it is now, for pages that do not edit it. */
export function useWorkflow(id: string) {
  return useQuery({
    queryKey: ['workflows', id],
    queryFn: ({ signal }) => api.get(path(id), { schema: workflowSchema, signal }),
  });
}

/** In what two versions differ. The draft may change at any moment, so nothing of it is kept. */
export function useDifference(id: string, from: Side, to: Side) {
  return useQuery({
    queryKey: ['workflows', id, 'difference', from, to],
    queryFn: ({ signal }) =>
      api.get(path(id, `/difference?from=${from}&to=${to}`), { schema: workflowDifference, signal }),
    gcTime: 0,
  });
}

/** Makes a version the draft again; refused when somebody saved the draft since that revision. */
export function useRestoration(id: string) {
  const keep = useKeepWorkflow();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, revision }: { number: number; revision: number }) =>
      api.post(path(id, `/versions/${number}/restoration`), { body: { revision }, schema: workflowSchema }),
    onSuccess: keep,
    onError: () => client.invalidateQueries({ queryKey: ['workflows', id] }),
  });
}

/** Copies the draft, or a version, into a new workflow. */
export function useWorkflowCopy(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (copy: { name?: string; version?: number }) =>
      api.post(path(id, '/copies'), { body: copy, schema: workflowSchema }),
    onSuccess: () => renew(client, 'workflows', 'overview'),
  });
}
