import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { LogIn, Pencil } from 'lucide-react';
import { type CredentialDetails, credentialKinds } from '#contract';
import { useAuthenticate, useDeleteCredential, useTestCredential } from '../../api/use-credentials.ts';
import { useCan } from '../../api/use-session.ts';
import { MoreActions } from '../../ui/MoreActions.tsx';
import { sayFailed } from '../../ui/toast.ts';
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
      <MoreActions
        noun="credential"
        name={credential.name}
        warning="Its secrets are removed from this server. This cannot be undone."
        removal={removal}
        onRemoved={() => void navigate({ to: '/credentials' })}
      >
        <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={onEdit}>
          Edit credential
        </Menu.Item>
      </MoreActions>
    </>
  );
}
