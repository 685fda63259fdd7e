import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { WorkflowSummary } from '#contract';
import { useCan } from '../../api/use-session.ts';
import { useDeleteWorkflow } from '../../api/use-workflows.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';
import classes from './WorkflowMenu.module.css';

/** What can be done with a workflow from its row. */
export function WorkflowMenu({ workflow }: { workflow: WorkflowSummary }) {
  const [isDeleting, setDeleting] = useState(false);
  const removal = useDeleteWorkflow();
  if (!useCan('workflows.write')) return null;
  return (
    <span className={classes.menu}>
      <Menu>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={`More actions for ${workflow.name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            Delete workflow
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete “${workflow.name}”`}
          action="Delete workflow"
          isDestructive
          isPending={removal.isPending}
          error={removal.error}
          onClose={() => setDeleting(false)}
          onConfirm={() =>
            removal.mutate(workflow.id, { onSuccess: () => sayDone(`${workflow.name} is deleted.`) })
          }
        >
          The drawing and its versions can no longer be opened or run. This cannot be undone.
        </ConfirmDialog>
      )}
    </span>
  );
}
