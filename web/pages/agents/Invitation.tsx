import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { AgentInvitation } from '#contract';
import { useSession } from '../../api/use-session.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './Invitation.module.css';

interface Props extends AgentInvitation {
  onClose: () => void;
}

/** The token, this once, as part of the commands that make a machine the agent. */
export function Invitation({ agent, token, onClose }: Props) {
  const server = useSession().data?.publicUrl ?? window.location.origin;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Register “${agent.name}”`}
      size="lg"
      // Lost by a click beside it, the token could not be shown again.
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <Text size="sm">
          Run these on the machine near your secrets, where Rollcall is installed in the same version as here.
          The token works once, within 24 hours, and is not shown again.
        </Text>
        <ol className={classes.steps}>
          <li>
            Register it.
            <Command what="the command that registers">
              {`npx rollcall agent register --server ${server} --token ${token}`}
            </Command>
          </li>
          <li>
            Add a credential; it asks for the secret. The other kinds are explained by the command itself.
            <Command what="the command that adds a credential">
              {'npx rollcall agent credential add --name "Planhat" --vendor planhat'}
            </Command>
          </li>
          <li>
            Start it, and keep it running.
            <Command what="the command that starts">npx rollcall agent start</Command>
          </li>
        </ol>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Command({ children, what }: { children: string; what: string }) {
  return (
    <div className={classes.command}>
      <code>{children}</code>
      <CopyButton text={children} what={what} />
    </div>
  );
}
