import { useDebouncedValue } from '@mantine/hooks';
import { useEffect } from 'react';
import { useValidation } from '../api/use-workflow-draft.ts';
import { useDraft, useEditor } from './editor-world.ts';

/** Has the graph checked a moment after it changed, and hands the findings to the draft. */
export function useGraphIssues(): void {
  const { workflow, draft } = useEditor();
  const graph = useDraft((state) => state.graph);
  const [settled] = useDebouncedValue(graph, 500);
  const issues = useValidation(workflow.id, settled).data?.issues;

  useEffect(() => {
    if (issues) draft.setIssues(issues);
  }, [draft, issues]);
}
