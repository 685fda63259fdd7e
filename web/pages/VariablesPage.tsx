import { ActionIcon, Button, Group } from '@mantine/core';
import { Braces, PencilLine, Plus, SearchX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { GlobalVariableView } from '#contract';
import { useGlobalVariables } from '../api/use-global-variables.ts';
import { useCan } from '../api/use-session.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouteLink } from '../ui/RouteLink.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { RemoveVariable } from './variables/RemoveVariable.tsx';
import { VariableDialog } from './variables/VariableDialog.tsx';
import { typeLabels, typeOf, wordOf } from './variables/variable-draft.ts';

const filterSchema = z.object({ search: z.string().catch('') });

type Opened =
  | { kind: 'edit'; variable: GlobalVariableView | null }
  | { kind: 'remove'; variable: GlobalVariableView };
type Open = (opened: Opened) => void;

/** Values that all workflows may use. */
export function VariablesPage() {
  const [filter, change] = useFilter(filterSchema);
  const [opened, setOpened] = useState<Opened | null>(null);
  const variables = useGlobalVariables();
  const canEdit = useCan('workflows.launch');
  const wanted = filter.search.trim().toLowerCase();
  const shown = variables.data?.filter(({ name, value, note }) =>
    `${name} ${value} ${note}`.toLowerCase().includes(wanted),
  );
  const close = (): void => setOpened(null);
  const add = canEdit && (
    <Button
      leftSection={<Plus size={16} aria-hidden />}
      onClick={() => setOpened({ kind: 'edit', variable: null })}
    >
      Add variable
    </Button>
  );
  const hasSome = (variables.data?.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title="Global variables"
        summary="Values that many workflows use, in one place. A run keeps those that it began with."
        actions={hasSome && add}
      />
      {hasSome && (
        <FilterBar count={shown && countOf(shown.length, 'variable')}>
          <SearchInput
            label="Search variables"
            value={filter.search}
            onChange={(search) => change({ search })}
          />
        </FilterBar>
      )}
      <Panel flush>
        <Loaded query={variables} rows={4}>
          {() => (
            <Content
              variables={shown ?? []}
              hasSome={hasSome}
              add={add}
              open={canEdit ? setOpened : null}
              onShowAll={() => change({ search: undefined })}
            />
          )}
        </Loaded>
      </Panel>
      {opened?.kind === 'edit' && <VariableDialog variable={opened.variable} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveVariable variable={opened.variable} onClose={close} />}
    </>
  );
}

interface ContentProps {
  variables: readonly GlobalVariableView[];
  hasSome: boolean;
  add: React.ReactNode;
  /** Null where nothing may be changed. */
  open: Open | null;
  onShowAll: () => void;
}

function Content({ variables, hasSome, add, open, onShowAll }: ContentProps) {
  if (!hasSome) {
    return (
      <EmptyState icon={Braces} title="No global variable yet" action={add}>
        A subdomain, a region or a product number that several workflows need is written here once, and
        templates name it.
      </EmptyState>
    );
  }
  if (variables.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title="No variable matches"
        action={
          <Button variant="default" onClick={onShowAll}>
            Show every variable
          </Button>
        }
      >
        Variables are found by their name, their value and their note.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Global variables"
      columns={open ? [...columns, actionsOf(open)] : columns}
      rows={variables}
      rowKey={({ name }) => name}
    />
  );
}

const columns: Column<GlobalVariableView>[] = [
  {
    key: 'name',
    header: 'Name',
    cell: ({ name, note }) => (
      <span title={note || undefined}>
        <Mono>{name}</Mono>
      </span>
    ),
    isWrapped: true,
    width: '24%',
  },
  { key: 'value', header: 'Value', cell: ({ value }) => <strong>{wordOf(value)}</strong>, isCut: true },
  { key: 'type', header: 'Type', cell: ({ value }) => typeLabels[typeOf(value)], width: 100, from: 'md' },
  {
    key: 'note',
    header: 'Note',
    cell: ({ note }) => note || '—',
    isCut: true,
    from: 'lg',
  },
  {
    key: 'uses',
    header: 'Used by',
    cell: ({ uses }) =>
      uses.length === 0
        ? '—'
        : uses.map((use, at) => (
            <span key={use.id}>
              {at > 0 && ', '}
              <RouteLink to={`/workflows/${use.id}`}>{use.name}</RouteLink>
              {!use.isActive && ' (draft)'}
            </span>
          )),
    isCut: true,
    from: 'sm',
  },
  {
    key: 'changed',
    header: 'Changed',
    cell: ({ updatedAt, updatedBy }) => (
      <>
        <TimeAgo at={updatedAt} /> by {updatedBy}
      </>
    ),
    width: 220,
    isCut: true,
    from: 'lg',
  },
];

function actionsOf(open: Open): Column<GlobalVariableView> {
  return {
    key: 'actions',
    header: '',
    width: 96,
    align: 'right',
    cell: (variable) => (
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Change ${variable.name}`}
          onClick={() => open({ kind: 'edit', variable })}
        >
          <PencilLine size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove ${variable.name}`}
          onClick={() => open({ kind: 'remove', variable })}
        >
          <Trash2 size={15} aria-hidden />
        </ActionIcon>
      </Group>
    ),
  };
}
