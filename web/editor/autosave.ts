import type { Graph, Workflow } from '#contract';
import type { Draft } from './draft.ts';

export type SaveState =
  | { kind: 'saved'; at: number | null }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | Failed
  /** Somebody else saved first; `theirs` is the workflow as it is now. */
  | { kind: 'conflict'; theirs: Workflow };

/** `isPassing`: the server was not reached, or could not just then, and it is tried again by itself. */
type Failed = { kind: 'failed'; message: string; isPassing: boolean };

/** What a save came to; only `conflict` stops the autosave. */
export type SaveOutcome =
  | { kind: 'saved'; workflow: Workflow }
  | { kind: 'conflict'; theirs: Workflow }
  | Failed;

type Options = {
  draft: Draft;
  revision: number;
  save: (revision: number, graph: Graph) => Promise<SaveOutcome>;
  onState: (state: SaveState) => void;
  delayMs?: number;
  now?: () => number;
};

const firstRetryMs = 3_000;
const longestRetryMs = 30_000;

export type Autosave = ReturnType<typeof startAutosave>;

/** Saves the draft a moment after the last change, one save at a time, until stopped. */
export function startAutosave({ draft, save, onState, delayMs = 900, now = Date.now, ...from }: Options) {
  let revision = from.revision;
  let savedGraph = draft.store.getState().graph;
  let state: SaveState = { kind: 'saved', at: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  /** How often in a row the server was not reached. */
  let misses = 0;

  const show = (next: SaveState): void => {
    state = next;
    onState(next);
  };
  const isDirty = (): boolean => draft.store.getState().graph !== savedGraph;

  const schedule = (afterMs = delayMs): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), afterMs);
  };

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    if (running) {
      await running;
      return isDirty() && state.kind !== 'conflict' && state.kind !== 'failed' ? flush() : undefined;
    }
    if (!isDirty() || state.kind === 'conflict') return;
    running = saveOnce();
    await running;
    running = null;
    if (state.kind === 'unsaved') schedule();
    if (state.kind === 'failed' && state.isPassing)
      schedule(Math.min(longestRetryMs, firstRetryMs * 2 ** (misses - 1)));
  };

  const saveOnce = async (): Promise<void> => {
    const graph = draft.store.getState().graph;
    show({ kind: 'saving' });
    const outcome = await save(revision, graph);
    misses = outcome.kind === 'failed' ? misses + 1 : 0;
    if (outcome.kind === 'failed') return show(outcome);
    if (outcome.kind === 'conflict') return show(outcome);
    revision = outcome.workflow.revision;
    savedGraph = graph;
    show(isDirty() ? { kind: 'unsaved' } : { kind: 'saved', at: now() });
  };

  const take = (theirs: Workflow): void => {
    revision = theirs.revision;
    savedGraph = theirs.draft;
    draft.replace(theirs.draft);
    show({ kind: 'saved', at: now() });
  };

  const stopListening = draft.store.subscribe((current, before) => {
    if (current.graph === before.graph || state.kind === 'conflict') return;
    if (!isDirty()) {
      clearTimeout(timer);
      if (state.kind !== 'saving') show({ kind: 'saved', at: now() });
      return;
    }
    if (state.kind !== 'saving') show({ kind: 'unsaved' });
    schedule();
  });

  return {
    flush,
    isDirty,
    revision: () => revision,
    /** Throws our changes away for what somebody else saved. */
    takeTheirs: take,
    /** Shows what somebody else saved where nothing of ours waits and nothing is in hand; tells whether it did. */
    follow: (theirs: Workflow): boolean => {
      const isQuiet = state.kind === 'saved' && !running && !isDirty();
      if (!isQuiet || theirs.revision <= revision || draft.store.getState().isDragging) return false;
      // Another name of the workflow is no other draft: what can be undone stays.
      if (JSON.stringify(theirs.draft) === JSON.stringify(savedGraph)) {
        revision = theirs.revision;
        return false;
      }
      take(theirs);
      return true;
    },
    /** Saves our draft over what somebody else saved. */
    overwrite: (theirs: Workflow) => {
      revision = theirs.revision;
      show({ kind: 'unsaved' });
      return flush();
    },
    stop: () => {
      clearTimeout(timer);
      stopListening();
    },
  };
}
