import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { sayDone } from './toast.ts';

interface Props {
  /** What is deleted, as in *Delete credential*. */
  noun: string;
  name: string;
  /** What goes, what stays, and whether it can be undone. */
  warning: ReactNode;
  removal: {
    mutate(nothing: undefined, tell: { onSuccess: () => void }): void;
    isPending: boolean;
    error: unknown;
  };
  onRemoved: () => void;
  /** The entries above that of the deletion. */
  children?: ReactNode;
}

/** The secondary actions of a page, the last of which deletes what it shows, once that was confirmed. */
export function MoreActions({ noun, name, warning, removal, onRemoved, children }: Props) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More actions">
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {children}
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            {`Delete ${noun}`}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete “${name}”`}
          action={`Delete ${noun}`}
          isDestructive
          isPending={removal.isPending}
          error={removal.error}
          onClose={() => setDeleting(false)}
          onConfirm={() =>
            removal.mutate(undefined, {
              onSuccess: () => {
                sayDone(`The ${noun} is deleted.`);
                onRemoved();
              },
            })
          }
        >
          {warning}
        </ConfirmDialog>
      )}
    </>
  );
}
