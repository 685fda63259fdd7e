import { Drawer } from '@mantine/core';
import type { Credential, Integration, Vendor } from '#contract';
import {
  type CredentialDraft,
  useAuthenticate,
  useChangeCredential,
  useCreateCredential,
} from '../../api/use-credentials.ts';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { CredentialForm } from '../credentials/CredentialForm.tsx';

interface Props {
  integration: Integration;
  vendor: Vendor;
  /** Null for a new one. */
  credential: Credential | null;
  onClose: () => void;
}

/** Creates or edits the credential of an integration without leaving it. */
export function CredentialDrawer({ integration, vendor, credential, onClose }: Props) {
  const creation = useCreateCredential();
  const edit = useChangeCredential(credential?.id ?? '');
  const choice = useChangeIntegration(integration.id);
  const authentication = useAuthenticate();

  const save = async (draft: CredentialDraft, isAuthenticating: boolean): Promise<void> => {
    const saved = await (credential ? edit : creation).mutateAsync(draft);
    const { id } = saved.credential;
    if (integration.credentialId !== id) await choice.mutateAsync({ credentialId: id });
    onClose();
    if (!isAuthenticating) return sayDone('The credential is saved.');
    authentication.mutate(
      { id, returnTo: `/integrations/${integration.id}` },
      { onError: (error) => sayFailed('The credential is saved, but the sign-in did not start', error) },
    );
  };

  return (
    <Drawer
      opened
      onClose={onClose}
      title={credential ? `Edit ${credential.name}` : `New ${vendor.title} credential`}
      size={720}
    >
      <CredentialForm vendor={vendor} credential={credential} onSave={save} onCancel={onClose} />
    </Drawer>
  );
}
