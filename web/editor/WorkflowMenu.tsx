import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Download, EllipsisVertical, History, Keyboard, PencilLine, Power, Trash2 } from 'lucide-react';
import { useCan } from '../api/use-session.ts';
import { exportPath } from '../api/use-workflow-draft.ts';
import type { EditorDialog } from './EditorBar.tsx';
import { useEditor } from './editor-world.ts';

/** What is done with a workflow less often. */
export function WorkflowMenu({ onDialog }: { onDialog: (dialog: EditorDialog) => void }) {
  const { workflow, mayChange } = useEditor();
  const mayLaunch = useCan('workflows.launch');
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More about this workflow">
          <EllipsisVertical size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayChange && (
          <Menu.Item leftSection={<PencilLine size={15} aria-hidden />} onClick={() => onDialog('describe')}>
            Describe…
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<History size={15} aria-hidden />}
          onClick={() => void navigate({ to: `/workflows/${workflow.id}/versions` })}
        >
          Versions
        </Menu.Item>
        {mayChange && (
          <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={() => onDialog('copy')}>
            Make a copy…
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={exportPath(workflow.id)}
          download
          leftSection={<Download size={15} aria-hidden />}
        >
          Export as JSON
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} aria-hidden />} onClick={() => onDialog('shortcuts')}>
          Shortcuts
        </Menu.Item>
        {(mayLaunch || mayChange) && <Menu.Divider />}
        {mayLaunch && (
          <Menu.Item
            leftSection={<Power size={15} aria-hidden />}
            disabled={workflow.activeVersion === null}
            onClick={() => onDialog('deactivate')}
          >
            Deactivate…
          </Menu.Item>
        )}
        {mayChange && (
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            onClick={() => onDialog('delete')}
          >
            Delete workflow…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
