import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Lock } from 'lucide-react';
import { z } from 'zod';
import { credentialKinds, webhookVendor } from '#contract';
import { api } from '../api/client.ts';
import { type CredentialDraft, useCreateCredential } from '../api/use-credentials.ts';
import { useCan } from '../api/use-session.ts';
import { useVendors } from '../api/use-vendors.ts';
import { VendorMark } from '../editor/VendorMark.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { linkTo } from '../ui/link-to.ts';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import stack from '../ui/Stack.module.css';
import { useFilter } from '../ui/use-filter.ts';
import { CredentialForm } from './credentials/CredentialForm.tsx';
import { useProve } from './credentials/use-prove.ts';
import { VendorChoice } from './integrations/VendorChoice.tsx';

const searchSchema = z.object({
  vendor: z.string().optional(),
  /** An integration that will use the new credential. */
  integration: z.string().optional(),
});

/** Adds a credential, for those who may. */
export function NewCredentialPage() {
  if (useCan('credentials.write')) return <NewCredential />;
  return (
    <Panel flush>
      <EmptyState
        icon={Lock}
        title="Your role does not add credentials"
        action={<LinkButton to="/credentials">Show credentials</LinkButton>}
      >
        Ask an administrator of this server for one.
      </EmptyState>
    </Panel>
  );
}

/** First the vendor, then what it needs. */
function NewCredential() {
  const [search, change] = useFilter(searchSchema);
  const navigate = useNavigate();
  const creation = useCreateCredential();
  const prove = useProve();

  const save = async (draft: CredentialDraft, isAuthenticating: boolean): Promise<void> => {
    const { credential } = await creation.mutateAsync(draft);
    const page = search.integration ? `/integrations/${search.integration}` : `/credentials/${credential.id}`;
    if (search.integration) {
      await api.patch(`/integrations/${search.integration}`, { body: { credentialId: credential.id } });
    }
    const hasLogin = credentialKinds[credential.kind].token === 'login';
    const isLeaving = (isAuthenticating || !hasLogin) && (await prove(credential, page));
    if (!isLeaving) void navigate(linkTo(page));
  };

  return (
    <Loaded query={useVendors()}>
      {(known) => {
        const vendors = [...known, webhookVendor];
        const vendor = vendors.find((one) => one.id === search.vendor);
        if (!vendor) {
          return (
            <div className={stack.narrow}>
              <PageHeader title="New credential" summary="Which app is it for?" />
              <Panel flush>
                <VendorChoice
                  vendors={vendors}
                  action="Choose"
                  onChoose={(one) => change({ vendor: one.id })}
                />
              </Panel>
            </div>
          );
        }
        return (
          <div className={stack.narrow}>
            <PageHeader
              mark={<VendorMark title={vendor.title} size={40} />}
              title={`New ${vendor.title} credential`}
              summary={vendor.summary}
              actions={
                vendors.length > 1 && (
                  <Button
                    variant="default"
                    leftSection={<ArrowLeft size={15} aria-hidden />}
                    onClick={() => change({ vendor: undefined })}
                  >
                    Choose another app
                  </Button>
                )
              }
            />
            <CredentialForm key={vendor.id} vendor={vendor} credential={null} onSave={save} />
          </div>
        );
      }}
    </Loaded>
  );
}
