import { Anchor, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCatalogue } from '../editor/catalogue.ts';

export type ReferenceKind = 'integration' | 'credential' | 'vendor' | 'app' | 'workflow';

type Props = {
  kind: ReferenceKind;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (id: string) => void;
  /** Only credentials of this vendor are offered. */
  vendorId?: string;
  required?: boolean;
};

const statusWords: Record<string, string> = {
  not_authenticated: 'not authenticated',
  expired: 'expired',
  failed: 'failed',
};

/** Chooses an integration, a credential or a vendor by its name, with a way to make the one that is missing. */
export function ReferenceField(props: Props) {
  const { kind, label, error, value, onChange, vendorId, required } = props;
  const options = useOptions(kind, vendorId);
  const isLost = value !== '' && !options.some((option) => option.value === value);
  const shown = isLost ? [...options, { value, label: 'Not found any more' }] : options;

  return (
    <Select
      label={label}
      description={options.length === 0 ? <NoneYet kind={kind} vendorId={vendorId} /> : <Hint {...props} />}
      error={error}
      required={required ?? false}
      placeholder={placeholders[kind]}
      searchable
      clearable
      data={shown}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}

const placeholders: Record<ReferenceKind, string> = {
  integration: 'Choose an integration',
  credential: 'Choose a credential',
  vendor: 'Choose an app',
  app: 'All apps',
  workflow: 'Choose a workflow',
};

function useOptions(kind: ReferenceKind, vendorId: string | undefined): { value: string; label: string }[] {
  const { integrations, credentials, vendors, apps, workflows } = useCatalogue();
  if (kind === 'app') return apps.map(({ id, name }) => ({ value: id, label: name }));
  if (kind === 'workflow') {
    return workflows.map(({ id, name, isActive }) => ({
      value: id,
      label: isActive ? name : `${name} (not active)`,
    }));
  }
  if (kind === 'vendor') return [...vendors.values()].map(({ id, title }) => ({ value: id, label: title }));
  if (kind === 'integration') {
    return integrations.map(({ id, name, status }) => ({
      value: id,
      label: status === 'draft' ? `${name} (not launched)` : name,
    }));
  }
  return credentials
    .filter((credential) => !vendorId || credential.vendorId === vendorId)
    .map(({ id, name, status }) => ({
      value: id,
      label: statusWords[status] ? `${name} (${statusWords[status]})` : name,
    }));
}

function Hint({ kind, hint }: Props): ReactNode {
  if (kind !== 'credential') return hint;
  return (
    <>
      {hint ? `${hint} ` : ''}
      <Anchor component={Link} to="/credentials" size="xs">
        Manage credentials
      </Anchor>
    </>
  );
}

function NoneYet({ kind, vendorId }: { kind: ReferenceKind; vendorId: string | undefined }) {
  const { vendors } = useCatalogue();
  const title = vendors.get(vendorId ?? '')?.title;
  if (kind === 'credential') {
    return (
      <>
        {title ? `There is no credential for ${title} yet.` : 'There is no such credential yet.'}{' '}
        <Anchor component={Link} to="/credentials" size="xs">
          Add a credential
        </Anchor>
      </>
    );
  }
  if (kind === 'integration') {
    return (
      <>
        There is no integration yet.{' '}
        <Anchor component={Link} to="/integrations" size="xs">
          Set up a user load
        </Anchor>
      </>
    );
  }
  if (kind === 'workflow') return 'There is no other workflow yet. Draw one, then come back.';
  if (kind === 'app') return 'There is no app yet: a load of SaaS users makes one.';
  return 'No app is known to this server.';
}
