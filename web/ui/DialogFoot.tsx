import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { FailureLine } from './FailureLine.tsx';

interface Props {
  /** Why the last try did not succeed. */
  error?: unknown;
  onClose: () => void;
  /** What the dialog offers, beside leaving it. */
  children: ReactNode;
}

/** The end of a dialog: what went wrong, the way out, and what it is for. */
export function DialogFoot({ error, onClose, children }: Props) {
  return (
    <>
      <FailureLine of={error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {children}
      </Group>
    </>
  );
}
