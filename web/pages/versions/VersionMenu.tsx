import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Download, Ellipsis, GitCompareArrows, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { VersionSummary, Workflow } from '#contract';
import { useCan } from '../../api/use-session.ts';
import { useWorkflowCopy } from '../../api/use-versions.ts';
import { exportPath } from '../../api/use-workflow-draft.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';
import { RestoreDialog } from './RestoreDialog.tsx';

/** What can be done with one version. */
export function VersionMenu({ workflow, version }: { workflow: Workflow; version: VersionSummary }) {
  const [isRestoring, setRestoring] = useState(false);
  const copy = useWorkflowCopy(workflow.id);
  const navigate = useNavigate();
  const canWrite = useCan('workflows.write');
  const { number } = version;
  const compare = (from: number, to: number | 'draft'): void =>
    void navigate({ to: `/workflows/${workflow.id}/compare?from=${from}&to=${to}` });
  const copyIt = (): void =>
    copy.mutate(
      { version: number },
      {
        onSuccess: (made) => {
          sayDone(`“${made.name}” is there as a draft.`);
          void navigate({ to: `/workflows/${made.id}` });
        },
        onError: (error) => sayFailed('The version was not copied', error),
      },
    );

  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={`More actions for version ${number}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<GitCompareArrows size={15} aria-hidden />}
            onClick={() => compare(number, 'draft')}
          >
            Compare with the draft
          </Menu.Item>
          {number > 1 && (
            <Menu.Item
              leftSection={<GitCompareArrows size={15} aria-hidden />}
              onClick={() => compare(number - 1, number)}
            >
              {`What changed since version ${number - 1}`}
            </Menu.Item>
          )}
          <Menu.Item
            component="a"
            href={`${exportPath(workflow.id)}?version=${number}`}
            download
            leftSection={<Download size={15} aria-hidden />}
          >
            Export as JSON
          </Menu.Item>
          {canWrite && (
            <>
              <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={copyIt}>
                Copy to a new workflow
              </Menu.Item>
              <Menu.Item leftSection={<Undo2 size={15} aria-hidden />} onClick={() => setRestoring(true)}>
                Restore as draft…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isRestoring && (
        <RestoreDialog workflow={workflow} number={number} onClose={() => setRestoring(false)} />
      )}
    </>
  );
}
