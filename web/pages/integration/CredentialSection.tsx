import { Button, Group, Select } from '@mantine/core';
import { LogIn, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { type Credential, credentialKinds, type Integration } from '#contract';
import { useCredentials } from '../../api/use-credentials.ts';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { useCan } from '../../api/use-session.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import stack from '../../ui/Stack.module.css';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { statusLooks } from '../../ui/statuses.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { AuthenticationNotice } from '../credentials/AuthenticationNotice.tsx';
import { CredentialDrawer } from './CredentialDrawer.tsx';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';
import { useProveHere } from './use-prove-here.ts';

/** What is open at the side: a new credential, one to edit, or nothing. */
type Open = 'new' | Credential | null;

/** Which credential the load signs in with: chosen, edited or made here. */
export function CredentialSection(props: SectionProps) {
  const { integration, vendor, missing, isEditing, onEdit } = props;
  const [open, setOpen] = useState<Open>(null);
  const credential = useCredentials().data?.find((one) => one.id === integration.credentialId);
  return (
    <Section
      name="credential"
      title="Credential"
      summary={credential?.name ?? ''}
      missing={missing}
      isEditing={isEditing}
      isOpenAtFirst={integration.status === 'draft' || missing.length > 0}
      onEdit={onEdit}
    >
      {isEditing && <CredentialChoice {...props} onOpen={setOpen} />}
      {!isEditing && credential && (
        <div className={stack.stack}>
          {credential.status !== 'authenticated' && (
            <>
              <AuthenticationNotice credential={credential} vendorTitle={vendor.title} />
              <ProveButton integration={integration} credential={credential} />
            </>
          )}
          <KeyValues
            rows={[
              [
                'Credential',
                <RouteLink key="credential" to={`/credentials/${credential.id}`}>
                  {credential.name}
                </RouteLink>,
              ],
              ['Status', <StatusBadge key="status" status={credential.status} />],
              ['Owner', credential.owner],
              ['Last used', <TimeAgo key="used" at={credential.lastUsedAt} otherwise="Never" />],
            ]}
          />
        </div>
      )}
      {!isEditing && !credential && <NoCredential {...props} onOpen={setOpen} />}
      {open && (
        <CredentialDrawer
          integration={integration}
          vendor={vendor}
          credential={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function ProveButton({ integration, credential }: { integration: Integration; credential: Credential }) {
  const prove = useProveHere(integration);
  const [isPending, setPending] = useState(false);
  if (!useCan('credentials.write')) return null;
  const hasLogin = credentialKinds[credential.kind].token === 'login';
  return (
    <Group>
      <Button
        leftSection={hasLogin && <LogIn size={15} aria-hidden />}
        loading={isPending}
        onClick={async () => {
          setPending(true);
          await prove(credential);
          setPending(false);
        }}
      >
        {hasLogin ? 'Authenticate' : 'Test credential'}
      </Button>
    </Group>
  );
}

interface OpeningProps extends SectionProps {
  onOpen: (open: Open) => void;
}

function NewButton({ vendor, onOpen, isFirst }: OpeningProps & { isFirst: boolean }) {
  if (!useCan('credentials.write')) return null;
  return (
    <Button
      variant={isFirst ? 'filled' : 'default'}
      leftSection={<Plus size={15} aria-hidden />}
      onClick={() => onOpen('new')}
    >
      {`New ${vendor.title} credential`}
    </Button>
  );
}

function NoCredential(props: OpeningProps) {
  const { integration, vendor, onEdit } = props;
  const change = useChangeIntegration(integration.id);
  const [first, ...others] = (useCredentials().data ?? []).filter((one) => one.vendorId === vendor.id);
  return (
    <div className={stack.stack}>
      <Group gap="xs">
        {first && others.length === 0 && (
          <Button loading={change.isPending} onClick={() => change.mutate({ credentialId: first.id })}>
            {`Use ${first.name}`}
          </Button>
        )}
        {others.length > 0 && <Button onClick={onEdit}>Choose credential</Button>}
        <NewButton {...props} isFirst={first === undefined} />
      </Group>
      {change.error && <ErrorState error={change.error} />}
    </div>
  );
}

function CredentialChoice(props: OpeningProps) {
  const { integration, vendor, onDone, onOpen } = props;
  const credentials = (useCredentials().data ?? []).filter((one) => one.vendorId === vendor.id);
  const change = useChangeIntegration(integration.id);
  const canEdit = useCan('credentials.write');
  const [chosen, setChosen] = useState(integration.credentialId ?? credentials[0]?.id ?? null);
  const selected = credentials.find((one) => one.id === chosen);
  return (
    <div className={`${stack.stack} ${stack.narrow}`}>
      <Select
        label="Credential"
        placeholder={`No ${vendor.title} credential yet`}
        allowDeselect={false}
        data={credentials.map((one) => ({
          value: one.id,
          label: `${one.name} (${statusLooks[one.status].word.toLowerCase()})`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      {change.error && <ErrorState error={change.error} />}
      <Group gap="xs">
        <Button
          disabled={!chosen}
          loading={change.isPending}
          onClick={() => change.mutate({ credentialId: chosen }, { onSuccess: onDone })}
        >
          Use this credential
        </Button>
        {canEdit && selected && (
          <Button
            variant="default"
            leftSection={<Pencil size={15} aria-hidden />}
            onClick={() => onOpen(selected)}
          >
            Edit credential
          </Button>
        )}
        <NewButton {...props} isFirst={false} />
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}
