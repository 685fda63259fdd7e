import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type Graph,
  matches,
  runSchema,
  validation,
  variablesList,
  versionSchema,
  versionsList,
  type Workflow,
  workflowSchema,
} from '#contract';
import { api } from './client.ts';

const path = (id: string, rest = ''): string => `/workflows/${encodeURIComponent(id)}${rest}`;
const draftKey = (id: string) => ['workflows', id, 'draft'] as const;

/** One workflow with its draft, always read anew: a stale draft could not be saved. */
export function useWorkflowDraft(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: draftKey(id),
    queryFn: async () => {
      const workflow = await fetchWorkflow(id);
      // Other parts of the page, such as the breadcrumb, read it here.
      client.setQueryData(['workflows', id], workflow);
      return workflow;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Whoever comes back to this window may have changed the draft in another one.
    refetchOnWindowFocus: 'always',
  });
}

export const fetchWorkflow = (id: string): Promise<Workflow> => api.get(path(id), { schema: workflowSchema });

export const saveDraft = (id: string, revision: number, graph: Graph): Promise<Workflow> =>
  api.put(path(id, '/draft'), { body: { revision, graph }, schema: workflowSchema });

/** Puts a workflow that the server just answered in place of the one that was read. */
export function useKeepWorkflow() {
  const client = useQueryClient();
  return (workflow: Workflow): void => {
    client.setQueryData(draftKey(workflow.id), workflow);
    client.setQueryData(['workflows', workflow.id], workflow);
  };
}

export function useWorkflowChange(id: string) {
  const keep = useKeepWorkflow();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { name?: string; description?: string }) =>
      api.patch(path(id), { body: change, schema: workflowSchema }),
    onSuccess: (workflow) => {
      keep(workflow);
      void client.invalidateQueries({ queryKey: ['workflows', 'list'] });
    },
  });
}

/** What the server finds in a graph that is not saved yet. */
export function useValidation(id: string, graph: Graph) {
  return useQuery({
    queryKey: ['workflow-editor', id, 'validation', graph],
    queryFn: () => api.post(path(id, '/validation'), { body: { graph }, schema: validation }),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
}

/** The names that templates may use, as the saved draft has them. */
export function useWorkflowVariables(id: string, revision: number) {
  return useQuery({
    queryKey: ['workflow-editor', id, 'variables', revision],
    queryFn: () => api.get(path(id, '/variables'), { schema: variablesList }),
    placeholderData: (before) => before,
  });
}

/** The records that Begin's rules choose now, as the saved draft says. */
export function useMatches(id: string, revision: number, isWanted: boolean) {
  return useQuery({
    queryKey: ['workflow-editor', id, 'matches', revision],
    queryFn: () => api.get(path(id, '/matches'), { schema: matches }),
    enabled: isWanted,
  });
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['workflows', id, 'versions'],
    queryFn: () => api.get(path(id, '/versions'), { schema: versionsList }),
  });
}

export function useVersion(id: string, number: number | null) {
  return useQuery({
    queryKey: ['workflows', id, 'versions', number],
    queryFn: () => api.get(path(id, `/versions/${number}`), { schema: versionSchema }),
    enabled: number !== null,
  });
}

export function useLaunch(id: string) {
  const client = useQueryClient();
  const keep = useKeepWorkflow();
  return useMutation({
    mutationFn: (launch: { revision: number; note: string }) =>
      api.put(path(id, '/activation'), { body: launch }),
    onSuccess: async () => {
      keep(await fetchWorkflow(id));
      await client.invalidateQueries({ queryKey: ['workflows', id, 'versions'] });
    },
  });
}

export function useDeactivation(id: string) {
  const keep = useKeepWorkflow();
  return useMutation({
    mutationFn: () => api.delete(path(id, '/activation')),
    onSuccess: async () => keep(await fetchWorkflow(id)),
  });
}

export function useWorkflowDeletion(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(path(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['workflows', 'list'] }),
  });
}

export function useRunStart(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(path(id, '/runs'), { body: {}, schema: runSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

/** Tries the saved draft, or the active version, without doing anything. */
export function useDryRun(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: boolean) =>
      api.post(path(id, '/runs'), { body: { mode: 'plan', draft }, schema: runSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}

/** Where a browser downloads the workflow as one file. */
export const exportPath = (id: string): string => `/api/v1${path(id, '/export')}`;
