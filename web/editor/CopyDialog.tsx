import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWorkflowCopy } from '../api/use-versions.ts';
import { DialogFoot } from '../ui/DialogFoot.tsx';
import { useEditor } from './editor-world.ts';

type Props = { onClose: () => void; flush: () => Promise<number> };

const longestName = 120;

/** Copies the draft into a workflow of its own, which is not active, and opens it. */
export function CopyDialog({ onClose, flush }: Props) {
  const { workflow } = useEditor();
  const [name, setName] = useState(`Copy of ${workflow.name}`.slice(0, longestName));
  const copy = useWorkflowCopy(workflow.id);
  const navigate = useNavigate();

  const make = async (): Promise<void> => {
    // What is copied is the draft as the server has it.
    await flush();
    copy.mutate({ name: name.trim() }, { onSuccess: ({ id }) => void navigate({ to: `/workflows/${id}` }) });
  };

  return (
    <Modal opened onClose={onClose} title={`Copy ${workflow.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void make();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name of the copy"
            value={name}
            maxLength={longestName}
            required
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            The copy has the draft and no versions, and is not active.
          </Text>
          <DialogFoot error={copy.error} onClose={onClose}>
            <Button type="submit" loading={copy.isPending} disabled={name.trim() === ''}>
              Make the copy
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
