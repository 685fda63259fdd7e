import { useNavigate } from '@tanstack/react-router';
import { useWorkflowCopy } from '../../api/use-versions.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';

/** Copies the draft of a workflow into a new one and opens it. */
export function useMakeCopy(workflowId: string): () => void {
  const copy = useWorkflowCopy(workflowId);
  const navigate = useNavigate();
  return () =>
    copy.mutate(
      {},
      {
        onSuccess: (made) => {
          sayDone(`“${made.name}” is there as a draft.`);
          void navigate({ to: `/workflows/${made.id}` });
        },
        onError: (error) => sayFailed('The workflow was not copied', error),
      },
    );
}
