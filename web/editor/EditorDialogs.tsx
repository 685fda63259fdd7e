import { useDeactivation, useWorkflowDeletion } from '../api/use-workflow-draft.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { CopyDialog } from './CopyDialog.tsx';
import type { Command } from './commands.ts';
import { DescribeDialog } from './DescribeDialog.tsx';
import type { EditorDialog } from './EditorBar.tsx';
import { useEditor } from './editor-world.ts';
import { LaunchDialog } from './LaunchDialog.tsx';
import { RunDialog } from './RunDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

type Props = {
  dialog: EditorDialog | null;
  commands: readonly Command[];
  onClose: () => void;
  /** Saves what is not saved yet and gives the revision that the server has then. */
  flush: () => Promise<number>;
  onDeleted: () => void;
  onIssues: () => void;
};

/** The one dialog of the editor that is open. */
export function EditorDialogs({ dialog, commands, onClose, flush, onDeleted, onIssues }: Props) {
  const { workflow } = useEditor();
  const deactivation = useDeactivation(workflow.id);
  const deletion = useWorkflowDeletion(workflow.id);

  switch (dialog) {
    case 'run':
      return <RunDialog onClose={onClose} />;
    case 'launch':
      return <LaunchDialog onClose={onClose} flush={flush} onIssues={onIssues} />;
    case 'copy':
      return <CopyDialog onClose={onClose} flush={flush} />;
    case 'describe':
      return <DescribeDialog onClose={onClose} />;
    case 'shortcuts':
      return <ShortcutsDialog commands={commands} onClose={onClose} />;
    case 'deactivate':
      return (
        <ConfirmDialog
          title={`Deactivate ${workflow.name}`}
          action="Deactivate workflow"
          isPending={deactivation.isPending}
          error={deactivation.error}
          onConfirm={() => deactivation.mutate(undefined, { onSuccess: onClose })}
          onClose={onClose}
        >
          No run can be started until a version is launched again. Runs that go on are not stopped.
        </ConfirmDialog>
      );
    case 'delete':
      return (
        <ConfirmDialog
          title={`Delete ${workflow.name}`}
          action="Delete workflow"
          isDestructive
          isPending={deletion.isPending}
          error={deletion.error}
          onConfirm={() => deletion.mutate(undefined, { onSuccess: onDeleted })}
          onClose={onClose}
        >
          The draft and all versions are removed for good. What its runs did to records and accounts stays.
        </ConfirmDialog>
      );
    default:
      return null;
  }
}
