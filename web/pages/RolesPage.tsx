import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { PencilLine, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { PersonRole } from '#contract';
import { useRoleList } from '../api/use-roles.ts';
import { useCan } from '../api/use-session.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouteLink } from '../ui/RouteLink.tsx';
import { toNumberText } from '../ui/words.ts';
import { RemoveRole } from './roles/RemoveRole.tsx';
import { RoleDialog } from './roles/RoleDialog.tsx';

/** What is asked: a name, for a new role where there is none, or whether to remove one. */
type Opened = { kind: 'name'; role: PersonRole | null } | { kind: 'remove'; role: PersonRole } | null;

/** What the organisation's people can be. */
export function RolesPage() {
  const roles = useRoleList();
  const canEdit = useCan('integrations.write');
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <>
      <PageHeader
        title="Roles"
        summary="What people of the organisation are. Every person has one; a mapping gives it, or somebody edits it."
        actions={
          canEdit && (
            <Button
              leftSection={<Plus size={16} aria-hidden />}
              onClick={() => setOpened({ kind: 'name', role: null })}
            >
              Add role
            </Button>
          )
        }
      />
      <Panel flush>
        <Loaded query={roles} rows={3}>
          {(list) => (
            <DataTable
              label="Roles"
              columns={canEdit ? [...columns, actionsOf(setOpened)] : columns}
              rows={list}
              rowKey={(role) => role.name}
            />
          )}
        </Loaded>
      </Panel>
      <Text size="sm" c="dimmed" mt="sm">
        A role that a load brings is in this list as soon as somebody has it.
      </Text>
      {opened?.kind === 'name' && <RoleDialog role={opened.role} onClose={close} />}
      {opened?.kind === 'remove' && (
        <RemoveRole role={opened.role} roles={roles.data ?? []} onClose={close} />
      )}
    </>
  );
}

const columns: Column<PersonRole>[] = [
  { key: 'name', header: 'Role', cell: (role) => <strong>{role.name}</strong>, isCut: true },
  {
    key: 'people',
    header: 'People',
    cell: (role) =>
      role.people === 0 ? (
        '—'
      ) : (
        <RouteLink to={`/people?filter=${encodeURIComponent(filterOf(role.name))}`}>
          {toNumberText(role.people)}
        </RouteLink>
      ),
    width: 100,
    align: 'right',
  },
  {
    key: 'mappings',
    header: 'Given by',
    cell: (role) =>
      role.integrations.length === 0
        ? '—'
        : role.integrations.map(({ id, name }, n) => (
            <span key={id}>
              {n > 0 && ', '}
              <RouteLink to={`/integrations/${id}`}>{name}</RouteLink>
            </span>
          )),
    isCut: true,
    from: 'sm',
  },
  {
    key: 'origin',
    header: 'Origin',
    cell: (role) => (role.isBuiltIn ? 'Built in' : 'Added'),
    width: 110,
    from: 'md',
  },
];

function actionsOf(open: (opened: Opened) => void): Column<PersonRole> {
  return {
    key: 'actions',
    header: '',
    width: 96,
    align: 'right',
    cell: (role) =>
      role.isBuiltIn ? null : (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Rename ${role.name}`}
            onClick={() => open({ kind: 'name', role })}
          >
            <PencilLine size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${role.name}`}
            onClick={() => open({ kind: 'remove', role })}
          >
            <Trash2 size={15} aria-hidden />
          </ActionIcon>
        </Group>
      ),
  };
}

const filterOf = (role: string): string =>
  JSON.stringify({ match: 'all', rules: [{ field: 'role', operator: 'equals', value: role }] });
