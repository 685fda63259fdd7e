import { KeyRound, Plus } from 'lucide-react';
import { type Credential, credentialKinds } from '#contract';
import { useCredentials } from '../api/use-credentials.ts';
import { useCan } from '../api/use-session.ts';
import { useVendors } from '../api/use-vendors.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { CredentialBadge } from './credentials/CredentialBadge.tsx';

/** How this server signs in to apps. */
export function CredentialsPage() {
  const credentials = useCredentials();
  const canWrite = useCan('credentials.write');
  const vendors = useVendors().data ?? [];
  const columns: Column<Credential>[] = [
    { key: 'name', header: 'Name', cell: (one) => one.name, isCut: true, width: '24%' },
    {
      key: 'vendor',
      header: 'Vendor',
      cell: (one) => vendors.find((vendor) => vendor.id === one.vendorId)?.title ?? one.vendorId,
      width: 130,
      from: 'sm',
    },
    {
      key: 'kind',
      header: 'Type',
      cell: (one) => credentialKinds[one.kind].title,
      isCut: true,
      width: 190,
      from: 'md',
    },
    { key: 'owner', header: 'Owner', cell: (one) => one.owner || '—', isCut: true, from: 'md' },
    {
      key: 'used',
      header: 'Last used',
      cell: (one) => <TimeAgo at={one.lastUsedAt} otherwise="Never" />,
      width: 140,
      from: 'sm',
    },
    {
      key: 'expires',
      header: 'Token expires',
      cell: (one) => <TimeAgo at={one.expiresAt} />,
      width: 140,
      from: 'md',
    },
    { key: 'status', header: 'Status', cell: (one) => <CredentialBadge credential={one} />, width: 170 },
  ];
  const add = canWrite && (
    <LinkButton to="/credentials/new" leftSection={<Plus size={16} aria-hidden />}>
      New credential
    </LinkButton>
  );
  const hasAny = (credentials.data?.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title="Credentials"
        summary="How this server signs in to your apps. Secrets are stored encrypted and never shown again."
        actions={hasAny && add}
      />
      <Panel flush>
        <Loaded query={credentials} rows={3}>
          {(all) =>
            all.length > 0 ? (
              <DataTable
                label="Credentials"
                columns={columns}
                rows={all}
                rowKey={(one) => one.id}
                rowLink={(one) => `/credentials/${one.id}`}
              />
            ) : (
              <EmptyState icon={KeyRound} title="No credentials yet" action={add}>
                A credential lets integrations and workflows sign in to an app in your name.
              </EmptyState>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
