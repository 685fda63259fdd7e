import { Select, Text } from '@mantine/core';
import { useAgents } from '../../api/use-agents.ts';
import { RouteLink } from '../../ui/RouteLink.tsx';
import stack from '../../ui/Stack.module.css';
import { installationWords } from '../integrations/load-words.ts';
import { WordedChoice } from './WordedChoice.tsx';

interface Installation {
  installation: 'cloud' | 'local';
  agentId: string | null;
}

interface Props {
  value: Installation;
  onChange: (value: Installation) => void;
  error: React.ReactNode;
}

/** Where loads happen, and by which agent. */
export function InstallationInput({ value, onChange, error }: Props) {
  const { installation, agentId } = value;
  const agents = useAgents().data?.items;
  return (
    <div className={stack.stack}>
      <WordedChoice
        label="Installation type"
        options={['cloud', 'local']}
        words={installationWords}
        value={installation}
        onChange={(next) => onChange({ installation: next, agentId: next === 'cloud' ? null : agentId })}
      />
      {installation === 'local' && agents?.length === 0 && (
        <Text size="sm">
          There is no agent yet. <RouteLink to="/agents">Add an agent</RouteLink> first.
        </Text>
      )}
      {installation === 'local' && agents?.length !== 0 && (
        <Select
          label="Agent"
          placeholder="Choose an agent"
          allowDeselect={false}
          required
          data={agents?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={agentId}
          onChange={(next) => onChange({ installation, agentId: next })}
          error={error}
        />
      )}
    </div>
  );
}
