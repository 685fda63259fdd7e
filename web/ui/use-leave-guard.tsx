import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';

interface Guarded {
  /** Whether something would be lost. */
  isDirty: boolean;
  /** What is not saved, such as *the mapping of Webex*. */
  what: string;
  /** Whether the form stays open when only the query of the address changes to this one; it does unless told otherwise. */
  staysAt?: (search: Record<string, unknown>) => boolean;
}

export interface LeaveGuard {
  /** Does this at once where nothing would be lost, and asks first otherwise. */
  leave(act: () => void): void;
  /** Lets go of what was saved, or is to be lost. */
  release(): void;
  /** The question; to be drawn with the form. */
  dialog: ReactNode;
}

/** Asks before unsaved work is lost: by a link, by *back*, by closing the form, or by closing the window. */
export function useLeaveGuard({ isDirty, what, staysAt = () => true }: Guarded): LeaveGuard {
  const isReleased = useRef(false);
  const [asked, setAsked] = useState<{ act: () => void } | null>(null);
  const holds = (): boolean => isDirty && !isReleased.current;
  const blocker = useBlocker({
    withResolver: true,
    enableBeforeUnload: holds,
    shouldBlockFn: ({ current, next }) =>
      holds() && !(current.pathname === next.pathname && staysAt(next.search as Record<string, unknown>)),
  });
  const release = (): void => {
    isReleased.current = true;
  };
  const keep = (): void => {
    setAsked(null);
    blocker.reset?.();
  };
  const discard = (): void => {
    release();
    setAsked(null);
    blocker.proceed?.();
    asked?.act();
  };
  return {
    leave(act) {
      // Escape reaches the form and the question above it: it answers the question only.
      if (asked !== null) return;
      if (holds()) setAsked({ act });
      else act();
    },
    release,
    dialog: (asked !== null || blocker.status === 'blocked') && (
      <Modal opened onClose={keep} title="Leave without saving?" size="sm">
        <Stack gap="md">
          <Text>Your changes to {what} are not saved yet. If you leave now, they are lost.</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={discard}>
              Leave without saving
            </Button>
            <Button data-autofocus onClick={keep}>
              Keep editing
            </Button>
          </Group>
        </Stack>
      </Modal>
    ),
  };
}
