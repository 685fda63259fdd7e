import { Button, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { type Agent, agentStateOf } from '#contract';
import { useAgents, useTestAgentCredential } from '../../api/use-agents.ts';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { useCan } from '../../api/use-session.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import stack from '../../ui/Stack.module.css';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { statusLooks } from '../../ui/statuses.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { useNow } from '../../ui/use-now.ts';
import { sayTest } from '../credentials/say-test.ts';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';

/** Which of its agent's own credentials a local load signs in with: known here by name only. */
export function AgentCredentialSection(props: SectionProps) {
  const { integration, missing, isEditing, onEdit } = props;
  const agents = useAgents().data?.items;
  const agent = agents?.find(({ id }) => id === integration.agentId);
  return (
    <Section
      name="credential"
      title="Credential"
      summary={[integration.agentCredential, agent && `on ${agent.name}`].filter(Boolean).join(' ')}
      missing={missing}
      isEditing={isEditing}
      isOpenAtFirst={integration.status === 'draft' || missing.length > 0}
      onEdit={onEdit}
    >
      {agent && isEditing && <Choice {...props} agent={agent} />}
      {agent && !isEditing && <Facts name={integration.agentCredential} agent={agent} onEdit={onEdit} />}
    </Section>
  );
}

function Facts({ name, agent, onEdit }: { name: string; agent: Agent; onEdit: () => void }) {
  const nowMs = useNow(5_000);
  const found = agent.credentials.find((one) => one.name === name);
  if (!found) {
    return (
      <div>
        <Button onClick={onEdit}>Choose credential</Button>
      </div>
    );
  }
  return (
    <div className={stack.stack}>
      <KeyValues
        rows={[
          ['Credential', name],
          ['Status', <StatusBadge key="status" status={found.status} />],
          [
            'Agent',
            <RouteLink key="agent" to="/agents">
              {agent.name}
            </RouteLink>,
          ],
          ['State of the agent', <StatusBadge key="state" status={agentStateOf(agent, nowMs)} />],
          ['Last contact', <TimeAgo key="contact" at={agent.lastContactAt} otherwise="Never" />],
        ]}
      />
      <TestButton name={name} agentId={agent.id} />
    </div>
  );
}

function TestButton({ name, agentId }: { name: string; agentId: string }) {
  const test = useTestAgentCredential(agentId);
  if (!useCan('credentials.write')) return null;
  return (
    <div>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate(name, sayTest)}>
        Test credential
      </Button>
    </div>
  );
}

function Choice({ integration, vendor, agent, onDone }: SectionProps & { agent: Agent }) {
  const change = useChangeIntegration(integration.id);
  const offered = agent.credentials.filter(({ vendorId }) => vendorId === vendor.id);
  const [chosen, setChosen] = useState(integration.agentCredential || (offered[0]?.name ?? null));
  return (
    <div className={`${stack.stack} ${stack.narrow}`}>
      <Select
        label={`Credential on ${agent.name}`}
        placeholder={`No ${vendor.title} credential on this agent yet`}
        allowDeselect={false}
        data={offered.map(({ name, status }) => ({
          value: name,
          label: `${name} (${statusLooks[status].word.toLowerCase()})`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      {offered.length === 0 && (
        <Text size="sm" c="dimmed">
          Add one on its machine with “rollcall agent credential add --vendor {vendor.id} --name NAME”. It
          shows here a few seconds later.
        </Text>
      )}
      {change.error && <ErrorState error={change.error} />}
      <Group gap="xs">
        <Button
          disabled={!chosen}
          loading={change.isPending}
          onClick={() => chosen && change.mutate({ agentCredential: chosen }, { onSuccess: onDone })}
        >
          Use this credential
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}
