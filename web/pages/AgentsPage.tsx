import { Button } from '@mantine/core';
import { MonitorDown, Plus } from 'lucide-react';
import { useState } from 'react';
import type { AgentInvitation } from '#contract';
import { useAgents } from '../api/use-agents.ts';
import { useCan } from '../api/use-session.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useNow } from '../ui/use-now.ts';
import { AddAgent } from './agents/AddAgent.tsx';
import { agentActions, agentColumns, type Opened } from './agents/agent-columns.tsx';
import { Invitation } from './agents/Invitation.tsx';
import { InviteAgent } from './agents/InviteAgent.tsx';
import { RemoveAgent } from './agents/RemoveAgent.tsx';

/** Programs near the secrets that do loads for this server. */
export function AgentsPage() {
  const agents = useAgents();
  const canWrite = useCan('credentials.write');
  const nowMs = useNow(5_000);
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  const showToken = (invitation: AgentInvitation): void => setOpened({ kind: 'token', invitation });
  const add = canWrite && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpened({ kind: 'add' })}>
      Add agent
    </Button>
  );
  const hasAny = (agents.data?.items.length ?? 0) > 0;
  return (
    <>
      <PageHeader
        title="Agents"
        summary="Programs near your secrets that do loads for this server. Their credentials never come here."
        actions={hasAny && add}
      />
      <Panel flush>
        <Loaded query={agents} rows={3}>
          {({ items, version }) =>
            items.length > 0 ? (
              <DataTable
                label="Agents"
                columns={[...agentColumns(version, nowMs), ...(canWrite ? [agentActions(setOpened)] : [])]}
                rows={items}
                rowKey={(agent) => agent.id}
              />
            ) : (
              <EmptyState icon={MonitorDown} title="No agents yet" action={add}>
                An agent runs on a machine of yours that may reach an app this server may not, and keeps the
                credentials there.
              </EmptyState>
            )
          }
        </Loaded>
      </Panel>
      {opened?.kind === 'add' && <AddAgent onAdded={showToken} onClose={close} />}
      {opened?.kind === 'token' && <Invitation {...opened.invitation} onClose={close} />}
      {opened?.kind === 'invite' && (
        <InviteAgent agent={opened.agent} onInvited={showToken} onClose={close} />
      )}
      {opened?.kind === 'remove' && <RemoveAgent agent={opened.agent} onClose={close} />}
    </>
  );
}
