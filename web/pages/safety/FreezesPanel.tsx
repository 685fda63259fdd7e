import { Group, TextInput } from '@mantine/core';
import { Snowflake, X } from 'lucide-react';
import { useState } from 'react';
import type { Freeze, SafetyState } from '#contract';
import { useCan } from '../../api/use-session.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { isOn } from '../../ui/guard-words.ts';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useNow } from '../../ui/use-now.ts';
import { toExactText } from '../../ui/words.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import { AddButton, actionColumn } from './PanelActions.tsx';

/** Times in which nothing destructive leaves. */
export function FreezesPanel({ safety }: { safety: SafetyState }) {
  const mayChange = useCan('guard.write');
  const nowMs = useNow();
  const [isAdding, setIsAdding] = useState(false);
  const [removed, setRemoved] = useState<Freeze | null>(null);
  const { settings } = safety;
  const columns: Column<Freeze>[] = [
    { key: 'title', header: 'Freeze', isCut: true, cell: ({ title }) => title },
    { key: 'from', header: 'From', cell: ({ from }) => toExactText(from), width: 190, from: 'md' },
    { key: 'until', header: 'Until', cell: ({ until }) => toExactText(until), width: 190 },
    {
      key: 'state',
      header: 'State',
      width: 120,
      from: 'sm',
      cell: (freeze) => <FreezeState freeze={freeze} nowMs={nowMs} />,
    },
  ];
  if (mayChange)
    columns.push(
      actionColumn<Freeze>({
        ...{ icon: X, label: 'Remove freeze', onAct: setRemoved },
        nameOf: ({ title }) => `Remove the freeze ${title}`,
      }),
    );
  return (
    <Panel
      title="Freezes"
      action={mayChange && <AddButton onClick={() => setIsAdding(true)}>Add freeze</AddButton>}
      flush
    >
      {settings.freezes.length > 0 ? (
        <DataTable
          label="Freezes"
          columns={columns}
          rows={settings.freezes}
          rowKey={({ title, from }) => `${title} ${from}`}
        />
      ) : (
        <EmptyState icon={Snowflake} title="No freeze">
          During a freeze, such as the days around New Year, no destructive call leaves.
        </EmptyState>
      )}
      {isAdding && <FreezeDialog safety={safety} onClose={() => setIsAdding(false)} />}
      {removed && (
        <ChangeDialog
          title={`Remove the freeze “${removed.title}”`}
          safety={safety}
          to={{ ...settings, freezes: settings.freezes.filter((freeze) => freeze !== removed) }}
          action="Remove freeze"
          onClose={() => setRemoved(null)}
        >
          Destructive calls may leave in its time, unless something else holds them.
        </ChangeDialog>
      )}
    </Panel>
  );
}

function FreezeState({ freeze, nowMs }: { freeze: Freeze; nowMs: number }) {
  if (isOn(freeze, nowMs)) return <StatusBadge status="held" word="Holds now" />;
  return Date.parse(freeze.from) > nowMs ? (
    <StatusBadge status="queued" word="To come" />
  ) : (
    <StatusBadge status="inactive" word="Over" />
  );
}

function FreezeDialog({ safety, onClose }: { safety: SafetyState; onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const isComplete = title.trim() !== '' && start < end;
  const { settings } = safety;
  const freeze = (): Freeze => ({
    title: title.trim(),
    from: new Date(start).toISOString(),
    until: new Date(end).toISOString(),
  });
  return (
    <ChangeDialog
      title="Add a freeze"
      safety={safety}
      to={isComplete ? { ...settings, freezes: [...settings.freezes, freeze()] } : null}
      action="Add freeze"
      onClose={onClose}
    >
      <TextInput
        label="Name"
        placeholder="Such as New Year"
        maxLength={100}
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <TextInput
          label="From"
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Until"
          type="datetime-local"
          value={until}
          error={end <= start && 'It must end after it begins.'}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Group>
    </ChangeDialog>
  );
}
