import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgentInvitation } from '#contract';
import { useAddAgent } from '../../api/use-agents.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';

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
          <DialogFoot error={addition.error} onClose={onClose}>
            <Button type="submit" loading={addition.isPending} disabled={!isReady}>
              Add agent
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
