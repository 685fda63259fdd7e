import { Drawer } from '@mantine/core';
import { type Credential, credentialKinds, type Integration, type Vendor } from '#contract';
import { type CredentialDraft, useChangeCredential, useCreateCredential } from '../../api/use-credentials.ts';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { sayDone } from '../../ui/toast.ts';
import { CredentialForm } from '../credentials/CredentialForm.tsx';
import { useProveHere } from './use-prove-here.ts';

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
  const prove = useProveHere(integration);

  const save = async (draft: CredentialDraft, isAuthenticating: boolean): Promise<void> => {
    const saved = await (credential ? edit : creation).mutateAsync(draft);
    const { id, kind } = saved.credential;
    if (integration.credentialId !== id) await choice.mutateAsync({ credentialId: id });
    const hasLogin = credentialKinds[kind].token === 'login';
    onClose();
    if (hasLogin && !isAuthenticating) return sayDone('The credential is saved.');
    await prove(saved.credential);
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
