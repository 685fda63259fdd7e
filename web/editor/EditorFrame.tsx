import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useDryRun, useWorkflowVariables } from '../api/use-workflow-draft.ts';
import { sayFailed } from '../ui/toast.ts';
import { Canvas, type InsertPlace } from './Canvas.tsx';
import { ConflictBanner } from './ConflictBanner.tsx';
import { useCatalogue } from './catalogue.ts';
import classes from './Editor.module.css';
import { EditorBar, type EditorDialog } from './EditorBar.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import { useDraft, useEditor } from './editor-world.ts';
import { FindBlock } from './FindBlock.tsx';
import { Inspector } from './Inspector.tsx';
import { IssuesDrawer, nextIssue } from './IssuesDrawer.tsx';
import { insertPlaceOf } from './insert-place.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import { Palette } from './Palette.tsx';
import { PaletteRail } from './PaletteRail.tsx';
import { focusNextRegion, focusSettings } from './regions.ts';
import { SelectionPanel } from './SelectionPanel.tsx';
import { useAutosave } from './use-autosave.ts';
import { useEditorCommands } from './use-editor-commands.ts';
import { useGraphIssues } from './use-graph-issues.ts';
import { useKeepInSight } from './use-keep-in-sight.ts';
import type { View } from './use-view.ts';

type Props = { view: View; insert: InsertPlace | null; onInsert: (place: InsertPlace | null) => void };

/** The parts of the editor around its canvas, and what goes on among them. */
export function EditorFrame({ view, insert, onInsert }: Props) {
  const { workflow, draft, actions } = useEditor();
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const { state: saving, autosave } = useAutosave(draft, workflow);
  const variables = useWorkflowVariables(workflow.id, workflow.revision).data?.items ?? [];
  const [isPaletteOpen, setIsPaletteOpen] = useState(() => window.innerWidth > 1100);
  const [hasIssuesOpen, setHasIssuesOpen] = useState(false);
  const [isFinding, setIsFinding] = useState(false);
  const asksToRun = useSearch({ strict: false, select: (search: { run?: string }) => search.run === '1' });
  const [dialog, setDialog] = useState<EditorDialog | null>(asksToRun ? 'run' : null);
  const dryRun = useDryRun(workflow.id);
  const selected = useRestedSelection();
  const only = selected.length === 1 ? selected[0] : undefined;
  const block = useDraft(({ graph }) => graph.blocks.find((one) => one.id === only));
  const canUndo = useStore(draft.history, (history) => history.pastStates.length > 0);
  const canRedo = useStore(draft.history, (history) => history.futureStates.length > 0);
  useGraphIssues();
  useKeepInSight(only, () => {
    const { blocks, notes = [] } = draft.store.getState().graph;
    return [...blocks, ...notes];
  });

  const saveNow = (): void => void autosave()?.flush();
  const tryDraft = async (): Promise<void> => {
    await autosave()?.flush();
    dryRun.mutate(true, {
      onSuccess: (run) => void navigate({ to: `/runs/${run.id}` }),
      onError: (error) => sayFailed('The draft cannot be tried', error),
    });
  };
  const commands = useEditorCommands({
    draft,
    actions,
    view,
    catalogue,
    insert: () => onInsert(insertPlaceOf(draft.store.getState(), catalogue.blockTypes, view)),
    openPalette: () => {
      setIsPaletteOpen(true);
      setTimeout(() => document.getElementById('palette-search')?.focus());
    },
    findBlock: () => setIsFinding(true),
    openSelected: () => {
      // The settings of a block that was not selected yet are drawn in the next turn.
      if (!actions.edit()) setTimeout(focusSettings);
    },
    nextRegion: focusNextRegion,
    nextIssue: () => nextIssue(draft),
    saveNow,
    openDialog: setDialog,
    openVersions: () => void navigate({ to: `/workflows/${workflow.id}/versions` }),
    dryRun: () => void tryDraft(),
  });

  return (
    <div className={classes.editor}>
      <EditorBar
        saving={saving}
        canUndo={canUndo}
        canRedo={canRedo}
        hasIssuesOpen={hasIssuesOpen}
        onIssues={() => setHasIssuesOpen((old) => !old)}
        onFind={() => setIsFinding(true)}
        onDialog={setDialog}
        onDryRun={() => void tryDraft()}
        isTrying={dryRun.isPending}
      />
      {saving.kind === 'conflict' && (
        <ConflictBanner
          theirs={saving.theirs}
          onTake={() => autosave()?.takeTheirs(saving.theirs)}
          onOverwrite={() => void autosave()?.overwrite(saving.theirs)}
        />
      )}
      <div className={classes.parts}>
        {isPaletteOpen ? (
          <Palette onAdd={actions.add} onFold={() => setIsPaletteOpen(false)} />
        ) : (
          <PaletteRail onOpen={() => setIsPaletteOpen(true)} />
        )}
        <div className={classes.middle}>
          <Canvas insert={insert} onInsert={onInsert} />
          {hasIssuesOpen && <IssuesDrawer onClose={() => setHasIssuesOpen(false)} />}
        </div>
        {block && <Inspector block={block} variables={variables} onClose={() => draft.select([])} />}
        {!block && selected.length > 0 && <SelectionPanel />}
      </div>
      {isFinding && <FindBlock onClose={() => setIsFinding(false)} />}
      <LeaveDialog autosave={autosave} />
      <EditorDialogs
        dialog={dialog}
        commands={commands}
        onClose={() => setDialog(null)}
        flush={async () => {
          await autosave()?.flush();
          return autosave()?.revision() ?? workflow.revision;
        }}
        onDeleted={() => void navigate({ to: '/workflows' })}
        onIssues={() => {
          setDialog(null);
          setHasIssuesOpen(true);
        }}
      />
    </div>
  );
}

/** What is selected, but not what is only just being dragged: a panel that opens would move the canvas under the hand. */
function useRestedSelection(): readonly string[] {
  const selected = useDraft((state) => state.selected);
  const isDragging = useDraft((state) => state.isDragging);
  const [rested, setRested] = useState(selected);
  if (!isDragging && rested !== selected) setRested(selected);
  return isDragging ? rested : selected;
}
