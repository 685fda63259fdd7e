import { useNavigate } from '@tanstack/react-router';
import type { Workflow } from '#contract';
import { useDifference, useRestoration } from '../../api/use-versions.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';

interface Props {
  workflow: Workflow;
  number: number;
  onClose: () => void;
}

/** Asks before a version takes the place of the draft, and says what the draft has that the version has not. */
export function RestoreDialog({ workflow, number, onClose }: Props) {
  const restoration = useRestoration(workflow.id);
  const navigate = useNavigate();
  const difference = useDifference(workflow.id, number, 'draft').data;
  const count = difference?.sentences.length ?? 0;
  return (
    <ConfirmDialog
      title={`Restore version ${number} as the draft`}
      action={`Restore version ${number}`}
      isPending={restoration.isPending}
      error={restoration.error}
      onClose={onClose}
      onConfirm={() =>
        restoration.mutate(
          { number, revision: workflow.revision },
          {
            onSuccess: () => {
              sayDone(`The draft is version ${number} again.`);
              void navigate({ to: `/workflows/${workflow.id}` });
            },
          },
        )
      }
    >
      <p>
        The draft becomes what version {number} is.
        {difference && ` It loses ${count === 0 ? 'nothing: both are the same' : countOf(count, 'change')}.`}
      </p>
      <p>Nothing is launched, and no version is lost.</p>
    </ConfirmDialog>
  );
}
