import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgentInvitation } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useAddAgent } from '../../api/use-agents.ts';

interface Props {
  onAdded: (invitation: AgentInvitation) => void;
  onClose: () => void;
}

/** Names an agent; its token comes next. */
export function AddAgent({ onAdded, onClose }: Props) {
  const [name, setName] = useState('');
  const addition = useAddAgent();
  const isReady = name.trim() !== '';
  return (
    <Modal opened onClose={onClose} title="Add agent" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) addition.mutate(name.trim(), { onSuccess: onAdded });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Where it runs, such as the office or the network."
            placeholder="Branch office"
            data-autofocus
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {addition.error && (
            <Text size="sm" c="var(--rc-danger-text)" role="alert">
              {sentenceOf(addition.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={addition.isPending} disabled={!isReady}>
              Add agent
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
