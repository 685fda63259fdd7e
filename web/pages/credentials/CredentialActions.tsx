import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, LogIn, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type CredentialDetails, credentialKinds } from '#contract';
import { useAuthenticate, useDeleteCredential, useTestCredential } from '../../api/use-credentials.ts';
import { useCan } from '../../api/use-session.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { sayTest } from './say-test.ts';

interface Props {
  details: CredentialDetails;
  onEdit: () => void;
}

/** Authenticate, test, edit and delete a credential. */
export function CredentialActions({ details: { credential }, onEdit }: Props) {
  const { id, status } = credential;
  const navigate = useNavigate();
  const authentication = useAuthenticate();
  const test = useTestCredential();
  const removal = useDeleteCredential(id);
  const [isDeleting, setDeleting] = useState(false);
  if (!useCan('credentials.write')) return null;

  const isReady = status === 'authenticated';
  const hasLogin = credentialKinds[credential.kind].token === 'login';
  return (
    <>
      {(isReady || !hasLogin) && (
        <Button
          variant={hasLogin ? 'default' : 'filled'}
          loading={test.isPending}
          onClick={() => test.mutate(id, sayTest)}
        >
          Test credential
        </Button>
      )}
      {hasLogin && (
        <Button
          variant={isReady ? 'default' : 'filled'}
          leftSection={<LogIn size={15} aria-hidden />}
          loading={authentication.isPending || authentication.isSuccess}
          onClick={() =>
            authentication.mutate(
              { id, returnTo: `/credentials/${id}` },
              { onError: (error) => sayFailed('The sign-in did not start', error) },
            )
          }
        >
          {isReady ? 'Authenticate again' : 'Authenticate'}
        </Button>
      )}
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label="More actions">
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={onEdit}>
            Edit credential
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            Delete credential
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete “${credential.name}”`}
          action="Delete credential"
          isDestructive
          isPending={removal.isPending}
          error={removal.error}
          onClose={() => setDeleting(false)}
          onConfirm={() =>
            removal.mutate(undefined, {
              onSuccess: () => {
                sayDone('The credential is deleted.');
                void navigate({ to: '/credentials' });
              },
            })
          }
        >
          Its secrets are removed from this server. This cannot be undone.
        </ConfirmDialog>
      )}
    </>
  );
}
