import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWorkflowChange } from '../api/use-workflow-draft.ts';
import { DialogFoot } from '../ui/DialogFoot.tsx';
import { useEditor } from './editor-world.ts';

/** Name and description of the workflow. */
export function DescribeDialog({ onClose }: { onClose: () => void }) {
  const { workflow } = useEditor();
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description);
  const change = useWorkflowChange(workflow.id);

  return (
    <Modal opened onClose={onClose} title="Describe this workflow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ name: name.trim(), description }, { onSuccess: onClose });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label="Description"
            placeholder="What it does, for whom, and who to ask"
            autosize
            minRows={3}
            maxLength={1000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <DialogFoot error={change.error} onClose={onClose}>
            <Button type="submit" loading={change.isPending} disabled={name.trim() === ''}>
              Save description
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
