import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { OperatorInvitation } from '#contract';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './InvitationLink.module.css';

interface Props extends OperatorInvitation {
  onClose: () => void;
}

/** The link, this once. */
export function InvitationLink({ invitation, link, isMailed, onClose }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${invitation.name} is invited`}
      // Lost by a click beside it, the link could not be shown again.
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <Text size="sm">
          {isMailed
            ? `The link is on its way to ${invitation.email}. You may also hand it over yourself.`
            : `Hand this link to ${invitation.name}.`}{' '}
          It works once, within seven days, and is not shown again.
        </Text>
        <div className={classes.link}>
          <code>{link}</code>
          <CopyButton text={link} what="the link" />
        </div>
        <Text size="sm" c="dimmed">
          For a week after it is taken, the account cannot agree to what you ask for: a second person is
          somebody else.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
