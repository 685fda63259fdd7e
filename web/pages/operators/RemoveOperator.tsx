import type { OperatorRow } from '#contract';
import { useRemoveOperator } from '../../api/use-operators.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';

interface Props {
  operator: OperatorRow;
  onClose: () => void;
}

/** Takes somebody's access away. */
export function RemoveOperator({ operator, onClose }: Props) {
  const removal = useRemoveOperator();
  const remove = (): void =>
    removal.mutate(operator.id, {
      onSuccess: () => {
        onClose();
        sayDone(`${operator.name} may not sign in any more.`);
      },
    });
  return (
    <ConfirmDialog
      title={`Remove ${operator.name}`}
      action="Remove operator"
      isDestructive
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={remove}
      onClose={onClose}
    >
      {operator.name} is signed out everywhere at once, and what they asked others to agree to is taken back.
      Workflows, runs and the history stay. The address is not protected as an operator's any more.
    </ConfirmDialog>
  );
}
