import { useEffect, useRef, useState } from 'react';
import type { Workflow } from '#contract';
import { useKeepWorkflow } from '../api/use-workflow-draft.ts';
import { sayDone } from '../ui/toast.ts';
import { type Autosave, type SaveState, startAutosave } from './autosave.ts';
import type { Draft } from './draft.ts';
import { trySave } from './save-draft.ts';

/** Keeps the draft saved while the editor is open. */
export function useAutosave(
  draft: Draft,
  workflow: Workflow,
): { state: SaveState; autosave: () => Autosave | null } {
  const keep = useKeepWorkflow();
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: null });
  const running = useRef<Autosave | null>(null);
  const first = useRef({ id: workflow.id, revision: workflow.revision, keep });
  first.current.keep = keep;

  useEffect(() => {
    const { id, revision } = first.current;
    const autosave = startAutosave({
      draft,
      revision,
      save: async (known, graph) => {
        const outcome = await trySave(id, known, graph);
        if (outcome.kind === 'saved') first.current.keep(outcome.workflow);
        return outcome;
      },
      onState: setState,
    });
    running.current = autosave;
    return () => {
      if (autosave.isDirty()) void autosave.flush();
      autosave.stop();
      running.current = null;
    };
  }, [draft]);

  // What is shown is what a launch or a dry run would take: a window in which nothing was changed keeps up with others.
  useEffect(() => {
    if (running.current?.follow(workflow))
      sayDone('This draft was changed elsewhere. You see it as it is now.');
  }, [workflow]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (running.current?.isDirty()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);

  // Whoever is back need not wait for the next try.
  useEffect(() => {
    const save = (): void => void running.current?.flush();
    window.addEventListener('online', save);
    return () => window.removeEventListener('online', save);
  }, []);

  return { state, autosave: () => running.current };
}
