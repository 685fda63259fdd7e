import type { Agent } from '#contract';
import { useRemoveAgent } from '../../api/use-agents.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';

interface Props {
  agent: Agent;
  onClose: () => void;
}

/** Removes an agent that no integration needs. */
export function RemoveAgent({ agent, onClose }: Props) {
  const removal = useRemoveAgent();
  const remove = (): void =>
    removal.mutate(agent.id, {
      onSuccess: () => {
        onClose();
        sayDone(`The agent “${agent.name}” is removed.`);
      },
    });
  return (
    <ConfirmDialog
      title={`Remove “${agent.name}”`}
      action="Remove agent"
      isDestructive
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={remove}
      onClose={onClose}
    >
      The server answers it no more. Its own credentials stay on its machine until you delete its data folder.
    </ConfirmDialog>
  );
}
