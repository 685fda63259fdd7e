import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ImportChoices, importPlan, type WorkflowFile, workflowSchema } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

/** What an import of this file would make, with what was chosen so far. Nothing is written. */
export function useImportPlan(file: WorkflowFile | null, choices: ImportChoices) {
  return useQuery({
    queryKey: ['workflow-import', file, choices],
    queryFn: () => api.post('/workflows/import-plan', { body: { ...file, choices }, schema: importPlan }),
    enabled: file !== null,
    placeholderData: (before) => before,
    gcTime: 0,
  });
}

/** Makes a draft of a file. */
export function useWorkflowImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, choices }: { file: WorkflowFile; choices: ImportChoices }) =>
      api.post('/workflows/import', { body: { ...file, choices }, schema: workflowSchema }),
    onSuccess: () => renew(client, 'workflows', 'overview'),
  });
}
