import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  CircleAlert,
  CircleCheck,
  ClipboardList,
  Eye,
  Keyboard,
  Play,
  Redo2,
  Rocket,
  Search,
  StickyNote,
  Workflow as Tidy,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '../api/use-session.ts';
import { useVersions, useWorkflowChange } from '../api/use-workflow-draft.ts';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import type { SaveState } from './autosave.ts';
import classes from './EditorBar.module.css';
import { useDraft, useEditor } from './editor-world.ts';
import { issueWords } from './IssuesDrawer.tsx';
import { NameInput } from './NameInput.tsx';
import { SaveNote } from './SaveNote.tsx';
import { WorkflowMenu } from './WorkflowMenu.tsx';

export type EditorDialog = 'run' | 'launch' | 'copy' | 'deactivate' | 'delete' | 'shortcuts' | 'describe';

type Props = {
  saving: SaveState;
  canUndo: boolean;
  canRedo: boolean;
  hasIssuesOpen: boolean;
  onIssues: () => void;
  onFind: () => void;
  onDialog: (dialog: EditorDialog) => void;
  onDryRun: () => void;
  isTrying: boolean;
};

/** The bar above the canvas: what this is, whether it is saved and sound, and what can be done with it. */
export function EditorBar(props: Props) {
  const { workflow, draft, actions, mayChange } = useEditor();
  const naming = useWorkflowChange(workflow.id);
  const nextNumber = useNextVersion(workflow.id);
  const mayRun = useCan('runs.start');
  const mayLaunch = useCan('workflows.launch');
  const active = workflow.activeVersion;
  const isCurrent = workflow.isLaunched && active !== null && props.saving.kind === 'saved';

  return (
    <header className={classes.bar}>
      <h1 className="sr-only">{workflow.name}</h1>
      <div className={classes.identity}>
        <NameInput
          label="Name of the workflow"
          isLazy
          isReadOnly={!mayChange}
          value={workflow.name}
          onChange={(name) => naming.mutate({ name })}
          className={classes.name}
        />
        <div className={classes.states}>
          <StatusBadge
            status={active ? 'active' : 'draft'}
            word={active ? `Version ${active.number} is active` : 'Not launched'}
          />
          {workflow.nextRunAt && (
            <span className={classes.next}>
              next run <TimeAgo at={workflow.nextRunAt} />
            </span>
          )}
          {mayChange ? <SaveNote state={props.saving} /> : <LookNote />}
        </div>
      </div>
      <IssuesButton isOpen={props.hasIssuesOpen} onClick={props.onIssues} />
      <div className={classes.tools}>
        {mayChange && (
          <>
            <Tool label="Undo" keys="Ctrl Z" isDisabled={!props.canUndo} onClick={draft.undo}>
              <Undo2 size={17} aria-hidden />
            </Tool>
            <Tool label="Redo" keys="Ctrl Shift Z" isDisabled={!props.canRedo} onClick={draft.redo}>
              <Redo2 size={17} aria-hidden />
            </Tool>
            <Tool label="Lay out left to right" keys="L" onClick={actions.tidyUp}>
              <Tidy size={17} aria-hidden />
            </Tool>
            <Tool label="Add a note" keys="N" onClick={() => actions.addNote()}>
              <StickyNote size={17} aria-hidden />
            </Tool>
          </>
        )}
        <Tool label="Find a block on the canvas" keys="Ctrl F" onClick={props.onFind}>
          <Search size={17} aria-hidden />
        </Tool>
        <Tool label="Shortcuts" keys="?" onClick={() => props.onDialog('shortcuts')}>
          <Keyboard size={17} aria-hidden />
        </Tool>
      </div>
      {mayRun && (
        <Tooltip label="Shows what would be done; changes nothing">
          <Button
            size="sm"
            variant="default"
            leftSection={<ClipboardList size={14} aria-hidden />}
            loading={props.isTrying}
            onClick={props.onDryRun}
          >
            Dry run
          </Button>
        </Tooltip>
      )}
      {mayRun && (
        <Button
          size="sm"
          variant="default"
          leftSection={<Play size={14} aria-hidden />}
          onClick={() => props.onDialog('run')}
        >
          Run…
        </Button>
      )}
      {(mayLaunch || mayChange) && (
        <Tooltip label="An admin or owner launches it" disabled={mayLaunch}>
          <Button
            size="sm"
            disabled={isCurrent}
            leftSection={<Rocket size={14} aria-hidden />}
            {...(mayLaunch || isCurrent
              ? { onClick: () => props.onDialog('launch') }
              : { 'data-disabled': true, 'aria-disabled': true })}
          >
            {isCurrent ? `Version ${active.number} launched` : `Launch version ${nextNumber}`}
          </Button>
        </Tooltip>
      )}
      <div className={classes.more}>
        <WorkflowMenu onDialog={props.onDialog} />
      </div>
    </header>
  );
}

/** Says to whoever may not change a workflow that it is shown only. */
function LookNote() {
  return (
    <span className={classes.next}>
      <Eye size={14} aria-hidden /> You can look at it, not change it
    </span>
  );
}

/** The number that the next launch gets. */
export function useNextVersion(workflowId: string): number {
  const versions = useVersions(workflowId).data?.items ?? [];
  return Math.max(0, ...versions.map((version) => version.number)) + 1;
}

function IssuesButton({ isOpen, onClick }: { isOpen: boolean; onClick: () => void }) {
  const issues = useDraft((state) => state.issues);
  const hasErrors = issues.some((issue) => issue.severity === 'error');
  const Icon = hasErrors ? CircleAlert : issues.length > 0 ? TriangleAlert : CircleCheck;
  const kind = hasErrors ? 'error' : issues.length > 0 ? 'warning' : 'none';
  return (
    <button
      type="button"
      className={classes.issues}
      data-kind={kind}
      aria-expanded={isOpen}
      onClick={onClick}
    >
      <Icon size={15} aria-hidden />
      {issueWords(issues)}
    </button>
  );
}

type ToolProps = {
  label: string;
  keys: string;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

function Tool({ label, keys, isDisabled = false, onClick, children }: ToolProps) {
  return (
    <Tooltip label={`${label} (${keys})`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        className={classes.tool}
        {...(isDisabled ? { 'aria-disabled': true } : { onClick })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
