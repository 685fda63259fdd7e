import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Download, Ellipsis, History, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { WorkflowSummary } from '#contract';
import { useCan } from '../../api/use-session.ts';
import { exportPath } from '../../api/use-workflow-draft.ts';
import { useDeleteWorkflow } from '../../api/use-workflows.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../ui/toast.ts';
import { useMakeCopy } from './use-make-copy.ts';
import classes from './WorkflowMenu.module.css';

/** What can be done with a workflow from its row. */
export function WorkflowMenu({ workflow }: { workflow: WorkflowSummary }) {
  const [isDeleting, setDeleting] = useState(false);
  const removal = useDeleteWorkflow();
  const copyIt = useMakeCopy(workflow.id);
  const navigate = useNavigate();
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
            leftSection={<History size={15} aria-hidden />}
            onClick={() => void navigate({ to: `/workflows/${workflow.id}/versions` })}
          >
            Versions
          </Menu.Item>
          <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={copyIt}>
            Make a copy
          </Menu.Item>
          <Menu.Item
            component="a"
            href={exportPath(workflow.id)}
            download
            leftSection={<Download size={15} aria-hidden />}
          >
            Export as JSON
          </Menu.Item>
          <Menu.Divider />
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
