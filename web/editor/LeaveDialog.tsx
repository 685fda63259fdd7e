import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { Autosave } from './autosave.ts';

/** Saves before somebody leaves the editor, and asks when that does not work. */
export function LeaveDialog({ autosave }: { autosave: () => Autosave | null }) {
  const blocker = useBlocker({
    withResolver: true,
    enableBeforeUnload: false,
    shouldBlockFn: async ({ current, next }) => {
      const running = autosave();
      if (current.pathname === next.pathname || !running?.isDirty()) return false;
      await running.flush();
      return running.isDirty();
    },
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?" size="sm">
      <Stack gap="md">
        <Text>Your last changes to this workflow could not be saved. If you leave now, they are lost.</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={blocker.proceed}>
            Leave without saving
          </Button>
          <Button data-autofocus onClick={blocker.reset}>
            Keep editing
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
