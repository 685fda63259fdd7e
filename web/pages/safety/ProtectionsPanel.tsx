import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ShieldCheck, X } from 'lucide-react';
import { useState } from 'react';
import { type Protection, protectionKinds, type SafetyState } from '#contract';
import { useGuardNames } from '../../api/use-guard-names.ts';
import { useProtect, useUnprotect } from '../../api/use-safety.ts';
import { useCan } from '../../api/use-session.ts';
import { useVendors } from '../../api/use-vendors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { sayDone } from '../../ui/toast.ts';
import { countOf } from '../../ui/words.ts';
import { agreeWords } from './agree-words.ts';
import { AddButton, actionColumn } from './PanelActions.tsx';

type Kind = Protection['kind'];

const kindWords: Record<Kind, { label: string; hint: string }> = {
  address: { label: 'E-mail address', hint: 'ceo@acme.test, or @acme.test for all of a domain.' },
  identifier: { label: 'Account id', hint: 'The id of the account at the vendor.' },
  role: {
    label: 'Role at the vendor',
    hint: 'Its name or id. Accounts whose roles nobody knows count, too.',
  },
  person_role: { label: 'Role of a person', hint: 'A role of your organisation, such as Board.' },
};

/** Accounts that no workflow may harm. */
export function ProtectionsPanel({ safety }: { safety: SafetyState }) {
  const nameOf = useGuardNames();
  const mayChange = useCan('guard.write');
  const [isAdding, setIsAdding] = useState(false);
  const [removed, setRemoved] = useState<Protection | null>(null);
  const columns: Column<Protection>[] = [
    { key: 'value', header: 'Protected', isCut: true, cell: ({ value }) => value },
    { key: 'kind', header: 'By', width: 160, cell: ({ kind }) => kindWords[kind].label, from: 'sm' },
    {
      key: 'where',
      header: 'Where',
      width: 130,
      isCut: true,
      cell: ({ vendorId }) => (vendorId === null ? 'Everywhere' : nameOf('vendor', vendorId)),
      from: 'md',
    },
    { key: 'note', header: 'Why', isCut: true, cell: ({ note }) => note || '—', from: 'lg' },
    {
      key: 'who',
      header: 'Added by',
      width: 150,
      isCut: true,
      cell: ({ createdBy }) => createdBy,
      from: 'lg',
    },
  ];
  if (mayChange)
    columns.push(
      actionColumn<Protection>({
        ...{ icon: X, label: 'Remove protection', onAct: setRemoved },
        nameOf: ({ value }) => `Remove the protection of ${value}`,
      }),
    );
  return (
    <Panel
      title="Protected accounts"
      note={safety.protections.length > 0 && countOf(safety.protections.length, 'entry', 'entries')}
      action={mayChange && <AddButton onClick={() => setIsAdding(true)}>Add protection</AddButton>}
      flush
    >
      {safety.protections.length > 0 ? (
        <DataTable
          label="Protected accounts"
          columns={columns}
          rows={safety.protections}
          rowKey={({ id }) => id}
        />
      ) : (
        <EmptyState icon={ShieldCheck} title="Nobody is listed yet">
          Operators of Rollcall are protected already. Add accounts that no workflow may ever harm, such as
          the board or shared mailboxes.
        </EmptyState>
      )}
      {isAdding && <ProtectDialog onClose={() => setIsAdding(false)} />}
      {removed && <UnprotectDialog protection={removed} safety={safety} onClose={() => setRemoved(null)} />}
    </Panel>
  );
}

function ProtectDialog({ onClose }: { onClose: () => void }) {
  const vendors = useVendors().data ?? [];
  const [kind, setKind] = useState<Kind>('address');
  const [value, setValue] = useState('');
  const [vendorId, setVendorId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const protect = useProtect();
  return (
    <ConfirmDialog
      title="Add a protection"
      action="Add protection"
      isPending={protect.isPending}
      error={protect.error}
      onConfirm={() =>
        protect.mutate(
          { kind, value, vendorId, note },
          {
            onSuccess: () => {
              sayDone('Protected from now on, in all workflows.');
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Stack gap="md">
        <Select
          label="Protect by"
          allowDeselect={false}
          data={protectionKinds.map((one) => ({ value: one, label: kindWords[one].label }))}
          value={kind}
          onChange={(chosen) => chosen && setKind(chosen as Kind)}
        />
        <TextInput
          label={kindWords[kind].label}
          description={kindWords[kind].hint}
          required
          maxLength={320}
          data-autofocus
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Select
          label="Where"
          placeholder="Everywhere"
          clearable
          data={vendors.map(({ id, title }) => ({ value: id, label: title }))}
          value={vendorId}
          onChange={setVendorId}
        />
        <TextInput
          label="Why"
          description="Optional. Shown where a call was not made because of it."
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

interface UnprotectProps {
  protection: Protection;
  safety: SafetyState;
  onClose: () => void;
}

function UnprotectDialog({ protection, safety, onClose }: UnprotectProps) {
  const [reason, setReason] = useState('');
  const unprotect = useUnprotect();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Protect ${protection.value} no longer`}
      action="Ask for it"
      isPending={unprotect.isPending}
      error={unprotect.error}
      onConfirm={() =>
        unprotect.mutate(
          { id: protection.id, reason },
          {
            onSuccess: ({ id }) => {
              onClose();
              void navigate({ to: `/approvals/${id}` });
            },
          },
        )
      }
      onClose={onClose}
    >
      <Stack gap="md">
        <Text size="sm">{agreeWords(safety.secondPersons)}</Text>
        <TextInput
          label="Why"
          description="Whoever agrees reads it."
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
