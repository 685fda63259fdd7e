import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { useDryRun, useWorkflowVariables } from '../api/use-workflow-draft.ts';
import { sayFailed } from '../ui/toast.ts';
import { Canvas, type InsertPlace } from './Canvas.tsx';
import { CanvasMenu, type MenuPlace } from './CanvasMenu.tsx';
import { ConflictBanner } from './ConflictBanner.tsx';
import { useCatalogue } from './catalogue.ts';
import classes from './Editor.module.css';
import { EditorBar, type EditorDialog } from './EditorBar.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import { useEditor } from './editor-world.ts';
import { FindBlock } from './FindBlock.tsx';
import { IssuesDrawer, nextIssue } from './IssuesDrawer.tsx';
import { insertPlaceOf } from './insert-place.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import { Palette } from './Palette.tsx';
import { PaletteRail } from './PaletteRail.tsx';
import { focusNextRegion, focusSettings } from './regions.ts';
import { SidePanel } from './SidePanel.tsx';
import { useAutosave } from './use-autosave.ts';
import { useEditorCommands } from './use-editor-commands.ts';
import { useGraphIssues } from './use-graph-issues.ts';
import type { View } from './use-view.ts';

type Props = { view: View; insert: InsertPlace | null; onInsert: (place: InsertPlace | null) => void };

/** The parts of the editor around its canvas, and what goes on among them. */
export function EditorFrame({ view, insert, onInsert }: Props) {
  const { workflow, draft, actions, mayChange } = useEditor();
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const { state: saving, autosave } = useAutosave(draft, workflow);
  const variables = useWorkflowVariables(workflow.id, workflow.revision).data?.items ?? [];
  const [isPaletteOpen, setIsPaletteOpen] = useState(() => window.innerWidth > 1100);
  const foldPalette = useCallback(() => setIsPaletteOpen(false), []);
  const [hasIssuesOpen, setHasIssuesOpen] = useState(false);
  const [isFinding, setIsFinding] = useState(false);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const asksToRun = useSearch({ strict: false, select: (search: { run?: string }) => search.run === '1' });
  const [dialog, setDialog] = useState<EditorDialog | null>(asksToRun ? 'run' : null);
  const dryRun = useDryRun(workflow.id);
  const canUndo = useStore(draft.history, (history) => history.pastStates.length > 0);
  const canRedo = useStore(draft.history, (history) => history.futureStates.length > 0);
  useGraphIssues();

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
        {mayChange &&
          (isPaletteOpen ? (
            <Palette onAdd={actions.add} onFold={foldPalette} />
          ) : (
            <PaletteRail onOpen={() => setIsPaletteOpen(true)} />
          ))}
        <div className={classes.middle}>
          <Canvas insert={insert} onInsert={onInsert} onMenu={setMenu} />
          {hasIssuesOpen && <IssuesDrawer onClose={() => setHasIssuesOpen(false)} />}
        </div>
        <SidePanel variables={variables} />
      </div>
      {menu && <CanvasMenu place={menu} commands={commands} onClose={() => setMenu(null)} />}
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
