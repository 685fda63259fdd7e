import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Workflow } from '#contract';
import { useDryRun, useWorkflowVariables } from '../api/use-workflow-draft.ts';
import { sayFailed } from '../ui/toast.ts';
import { addAfter } from './add-block.ts';
import { Canvas, type InsertPlace } from './Canvas.tsx';
import { ConflictBanner } from './ConflictBanner.tsx';
import { useCatalogue } from './catalogue.ts';
import { createDraft } from './draft.ts';
import classes from './Editor.module.css';
import { EditorBar, type EditorDialog } from './EditorBar.tsx';
import { EditorDialogs } from './EditorDialogs.tsx';
import { EditorContext, useDraft, useEditor } from './editor-world.ts';
import type { BlockSeed } from './graph-changes.ts';
import { moveBlocks } from './graph-changes.ts';
import { Inspector } from './Inspector.tsx';
import { IssuesDrawer } from './IssuesDrawer.tsx';
import { layout } from './layout.ts';
import { Palette } from './Palette.tsx';
import { PaletteRail } from './PaletteRail.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';
import { useAutosave } from './use-autosave.ts';
import { useEditorShortcuts } from './use-editor-shortcuts.ts';
import { fitting } from './use-first-view.ts';
import { useGraphIssues } from './use-graph-issues.ts';
import { useKeepInSight } from './use-keep-in-sight.ts';

type Props = { workflow: Workflow };

/** The editor of one workflow. Mount it anew for another workflow. */
export function Editor({ workflow }: Props) {
  const [draft] = useState(() => createDraft(workflow.draft));
  const [insert, setInsert] = useState<InsertPlace | null>(null);
  const world = useMemo(
    () => ({
      workflow,
      draft,
      openInsert: (edgeId: string, at: { x: number; y: number }) => setInsert({ edgeId, at }),
    }),
    [workflow, draft],
  );
  return (
    <EditorContext value={world}>
      <ReactFlowProvider>
        <Frame insert={insert} onInsert={setInsert} />
      </ReactFlowProvider>
    </EditorContext>
  );
}

/** How many columns of blocks stand beside each other on the canvas while their words can still be read. */
function columnsInSight(): number {
  const width = document.querySelector('.react-flow')?.clientWidth ?? 1200;
  return Math.max(3, Math.floor(width / 0.72 / 336));
}

type FrameProps = { insert: InsertPlace | null; onInsert: (place: InsertPlace | null) => void };

function Frame({ insert, onInsert }: FrameProps) {
  const { workflow, draft } = useEditor();
  const { blockTypes } = useCatalogue();
  const navigate = useNavigate();
  const flow = useReactFlow();
  const { state: saving, autosave } = useAutosave(draft, workflow);
  const variables = useWorkflowVariables(workflow.id, workflow.revision).data?.items ?? [];
  const [isPaletteOpen, setIsPaletteOpen] = useState(() => window.innerWidth > 1100);
  const [hasIssuesOpen, setHasIssuesOpen] = useState(false);
  const asksToRun = useSearch({ strict: false, select: (search: { run?: string }) => search.run === '1' });
  const [dialog, setDialog] = useState<EditorDialog | null>(asksToRun ? 'run' : null);
  const dryRun = useDryRun(workflow.id);
  const block = useDraft(({ graph, selected }) => {
    return selected.length === 1 ? graph.blocks.find((one) => one.id === selected[0]) : undefined;
  });
  const selectedCount = useDraft((state) => state.selected.length);
  const canUndo = useStore(draft.history, (history) => history.pastStates.length > 0);
  const canRedo = useStore(draft.history, (history) => history.futureStates.length > 0);
  useGraphIssues();
  useKeepInSight(block?.id, () => draft.store.getState().graph.blocks);
  useBlocker({
    shouldBlockFn: async () => {
      const running = autosave();
      if (!running?.isDirty()) return false;
      await running.flush();
      return running.isDirty() && !window.confirm('Your last changes are not saved. Leave without them?');
    },
    enableBeforeUnload: false,
  });

  const add = (seed: BlockSeed): void => {
    const { graph, selected } = draft.store.getState();
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    const middle = pane
      ? { x: pane.x + pane.width / 2 - 120, y: pane.y + pane.height / 2 - 50 }
      : { x: 0, y: 0 };
    const added = addAfter(graph, blockTypes, seed, {
      after: selected.length === 1 ? (selected[0] ?? null) : null,
      elsewhere: flow.screenToFlowPosition(middle),
    });
    draft.change(() => added.graph);
    draft.select([added.id]);
  };
  const tidyUp = (): void => {
    draft.change((graph) => moveBlocks(graph, layout(graph, blockTypes, columnsInSight())));
    // The canvas takes the new places in its next turn.
    setTimeout(() => void flow.fitView({ ...fitting, duration: 180, maxZoom: 1, minZoom: 0.4 }), 60);
  };
  const saveNow = (): void => void autosave()?.flush();
  const tryDraft = async (): Promise<void> => {
    await autosave()?.flush();
    dryRun.mutate(true, {
      onSuccess: (run) => void navigate({ to: `/runs/${run.id}` }),
      onError: (error) => sayFailed('The draft cannot be tried', error),
    });
  };
  useEditorShortcuts({
    draft,
    saveNow,
    tidyUp,
    openHelp: () => setDialog('shortcuts'),
    flow,
    setIsPaletteOpen,
  });

  return (
    <div className={classes.editor}>
      <EditorBar
        saving={saving}
        canUndo={canUndo}
        canRedo={canRedo}
        hasIssuesOpen={hasIssuesOpen}
        onIssues={() => setHasIssuesOpen((old) => !old)}
        onTidyUp={tidyUp}
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
          <Palette onAdd={add} onFold={() => setIsPaletteOpen(false)} />
        ) : (
          <PaletteRail onOpen={() => setIsPaletteOpen(true)} />
        )}
        <div className={classes.middle}>
          <Canvas insert={insert} onInsert={onInsert} />
          {hasIssuesOpen && <IssuesDrawer onClose={() => setHasIssuesOpen(false)} />}
        </div>
        {block && <Inspector block={block} variables={variables} onClose={() => draft.select([])} />}
        {selectedCount > 1 && <SelectionPanel />}
      </div>
      <EditorDialogs
        dialog={dialog}
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
