import type { Agent, AgentInvitation } from '#contract';
import { useInviteAgent } from '../../api/use-agents.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface Props {
  agent: Agent;
  onInvited: (invitation: AgentInvitation) => void;
  onClose: () => void;
}

/** Lets another program take an agent's place, for a machine that was lost or replaced. */
export function InviteAgent({ agent, onInvited, onClose }: Props) {
  const invitation = useInviteAgent();
  return (
    <ConfirmDialog
      title={`New token for “${agent.name}”`}
      action="Make new token"
      isPending={invitation.isPending}
      error={invitation.error}
      onConfirm={() => invitation.mutate(agent.id, { onSuccess: onInvited })}
      onClose={onClose}
    >
      The machine that is this agent now is shut out at once. Register the next one with the new token; its
      loads wait for it until then.
    </ConfirmDialog>
  );
}
