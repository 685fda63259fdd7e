import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type CredentialDetails, credentialKinds } from '#contract';
import { useChangeCredential, useCredential } from '../api/use-credentials.ts';
import { useVendor } from '../api/use-vendors.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import stack from '../ui/Stack.module.css';
import { sayDone } from '../ui/toast.ts';
import { AuthenticationNotice } from './credentials/AuthenticationNotice.tsx';
import { CredentialActions } from './credentials/CredentialActions.tsx';
import { CredentialBadge } from './credentials/CredentialBadge.tsx';
import { CredentialFacts } from './credentials/CredentialFacts.tsx';
import { CredentialForm } from './credentials/CredentialForm.tsx';
import { CredentialUses } from './credentials/CredentialUses.tsx';
import { PacePanel } from './credentials/PacePanel.tsx';
import { useProve } from './credentials/use-prove.ts';

/** One credential: whether it works, what it may do, and where it is used. */
export function CredentialPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useCredential(id)}>{(details) => <Details {...details} />}</Loaded>;
}

function Details(details: CredentialDetails) {
  const { credential } = details;
  const vendor = useVendor(credential.vendorId);
  const change = useChangeCredential(credential.id);
  const prove = useProve();
  const [isEditing, setEditing] = useState(false);
  return (
    <div className={stack.narrow}>
      <PageHeader
        mark={<VendorMark title={vendor?.title ?? credential.vendorId} size={40} />}
        title={credential.name}
        summary={credential.description || `Signs in to ${vendor?.title ?? credential.vendorId}`}
        badge={<CredentialBadge credential={credential} />}
        actions={!isEditing && <CredentialActions details={details} onEdit={() => setEditing(true)} />}
      />
      {isEditing && vendor ? (
        <CredentialForm
          vendor={vendor}
          credential={credential}
          onCancel={() => setEditing(false)}
          onSave={async (draft) => {
            const saved = (await change.mutateAsync(draft)).credential;
            setEditing(false);
            if (credentialKinds[saved.kind].token === 'login') sayDone('The credential is saved.');
            else await prove(saved, `/credentials/${saved.id}`);
          }}
        />
      ) : (
        <div className={stack.stack}>
          <AuthenticationNotice credential={credential} vendorTitle={vendor?.title ?? 'The app'} />
          <CredentialFacts {...details} />
          <PacePanel credential={credential} vendor={vendor} />
          <CredentialUses usedBy={details.usedBy} />
        </div>
      )}
    </div>
  );
}
