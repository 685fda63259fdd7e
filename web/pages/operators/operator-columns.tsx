import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, Trash2, UserCog } from 'lucide-react';
import type { Invitation, OperatorInvitation, OperatorRow } from '#contract';
import type { Column } from '../../ui/DataTable.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { operatorRoles } from './operator-roles.ts';

/** The dialog that is open. */
export type Opened =
  | { kind: 'invite' }
  | { kind: 'link'; invitation: OperatorInvitation }
  | { kind: 'role' | 'remove'; operator: OperatorRow }
  | null;

export const operatorColumns = (ownId: string): Column<OperatorRow>[] => [
  {
    key: 'name',
    header: 'Name',
    cell: ({ id, name }) => <strong>{id === ownId ? `${name} (you)` : name}</strong>,
    isCut: true,
    width: '28%',
  },
  { key: 'role', header: 'Role', cell: ({ role }) => operatorRoles[role].title, width: 130 },
  { key: 'email', header: 'E-mail', cell: ({ email }) => email, isCut: true, from: 'sm' },
  {
    key: 'seen',
    header: 'Last seen',
    cell: ({ lastSeenAt }) => <TimeAgo at={lastSeenAt} otherwise="Signed out" />,
    width: 150,
    from: 'md',
  },
];

/** Nobody changes or removes themselves, and only owners owners. */
export const operatorActions = (
  self: { id: string; isOwner: boolean },
  open: (opened: Opened) => void,
): Column<OperatorRow> => ({
  key: 'actions',
  header: '',
  width: 56,
  align: 'right',
  cell: (operator) =>
    operator.id !== self.id &&
    (self.isOwner || operator.role !== 'owner') && (
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${operator.name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<UserCog size={15} aria-hidden />}
            onClick={() => open({ kind: 'role', operator })}
          >
            Change role
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() => open({ kind: 'remove', operator })}
          >
            Remove operator
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    ),
});

export const invitationColumns = (
  withdraw: ((invitation: Invitation) => void) | null,
): Column<Invitation>[] => [
  { key: 'name', header: 'Name', cell: ({ name }) => <strong>{name}</strong>, isCut: true, width: '28%' },
  { key: 'role', header: 'Role', cell: ({ role }) => operatorRoles[role].title, width: 130 },
  { key: 'email', header: 'E-mail', cell: ({ email }) => email, isCut: true, from: 'sm' },
  {
    key: 'since',
    header: 'Invited',
    cell: ({ createdAt }) => <TimeAgo at={createdAt} otherwise="—" />,
    width: 150,
    from: 'md',
  },
  {
    key: 'actions',
    header: '',
    width: 56,
    align: 'right',
    cell: (invitation) =>
      withdraw && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Withdraw the invitation of ${invitation.name}`}
          onClick={() => withdraw(invitation)}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      ),
  },
];
