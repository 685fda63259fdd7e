import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, KeyRound, Trash2 } from 'lucide-react';
import { type Agent, type AgentInvitation, agentStateOf } from '#contract';
import type { Column } from '../../ui/DataTable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { statusLooks } from '../../ui/statuses.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';

/** The dialog that is open. */
export type Opened =
  | { kind: 'add' }
  | { kind: 'token'; invitation: AgentInvitation }
  | { kind: 'invite' | 'remove'; agent: Agent }
  | null;

/** `version` is the server's own. */
export const agentColumns = (version: string, nowMs: number): Column<Agent>[] => [
  { key: 'name', header: 'Name', cell: (agent) => <strong>{agent.name}</strong>, isCut: true, width: '24%' },
  {
    key: 'state',
    header: 'State',
    cell: (agent) => <StatusBadge status={agentStateOf(agent, nowMs)} />,
    width: 150,
  },
  {
    key: 'contact',
    header: 'Last contact',
    cell: (agent) => <TimeAgo at={agent.lastContactAt} otherwise="Never" />,
    width: 140,
    from: 'sm',
  },
  {
    key: 'version',
    header: 'Version',
    cell: (agent) =>
      (agent.version && agent.version !== version ? `${agent.version}, update it` : agent.version) ?? '—',
    width: 150,
    from: 'md',
  },
  {
    key: 'credentials',
    header: 'Credentials',
    cell: (agent) => (agent.credentials.length === 0 ? '—' : namesOf(agent)),
    isCut: true,
    from: 'md',
  },
];

/** What is no use now says why. */
const namesOf = ({ credentials }: Agent): string =>
  credentials
    .map(({ name, status }) =>
      status === 'authenticated' ? name : `${name} (${statusLooks[status].word.toLowerCase()})`,
    )
    .join(', ');

export const agentActions = (open: (opened: Opened) => void): Column<Agent> => ({
  key: 'actions',
  header: '',
  width: 56,
  align: 'right',
  cell: (agent) => (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${agent.name}`}>
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<KeyRound size={15} aria-hidden />}
          onClick={() => open({ kind: 'invite', agent })}
        >
          New registration token
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<Trash2 size={15} aria-hidden />}
          onClick={() => open({ kind: 'remove', agent })}
        >
          Remove agent
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  ),
});
