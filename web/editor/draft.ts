import { temporal } from 'zundo';
import { createStore, type StoreApi } from 'zustand';
import type { Graph, Issue } from '#contract';
import { countIssues, type IssueCounts } from './issue-counts.ts';

export type DraftState = {
  graph: Graph;
  /** Ids of the selected blocks, notes and groups. */
  selected: readonly string[];
  selectedEdge: string | null;
  /** Whether something is being moved; the panel for it opens when it comes to rest. */
  isDragging: boolean;
  /** The edge into which what is dragged would be put. */
  aimedEdge: string | null;
  /** The setting that the inspector should bring into view, such as `url`. */
  focusedSetting: string | null;
  /** The note or group whose text is being typed. */
  editing: string | null;
  /** What the server found in the graph when it last looked. */
  issues: readonly Issue[];
  issueCounts: ReadonlyMap<string, IssueCounts>;
};

export type Draft = ReturnType<typeof createDraft>;

const undoLimit = 200;
const typingPauseMs = 1_200;

/**
 * The draft of one workflow while it is edited, with undo over everything that changes the graph. Changes that name
 * the same group within a short time, such as letters typed into one input, are one step of undo.
 */
export function createDraft(graph: Graph, now: () => number = Date.now) {
  let openGroup: { name: string; at: number } | null = null;
  let isContinued = false;

  const store = createStore<DraftState>()(
    temporal(
      (): DraftState => ({
        graph,
        selected: [],
        selectedEdge: null,
        isDragging: false,
        aimedEdge: null,
        focusedSetting: null,
        editing: null,
        issues: [],
        issueCounts: new Map(),
      }),
      {
        partialize: (state) => ({ graph: state.graph }),
        equality: (past, current) => past.graph === current.graph,
        limit: undoLimit,
        handleSet: (record) => (past, replace) => {
          if (!isContinued) record(past as never, replace as never);
        },
      },
    ),
  );

  const change = (to: (graph: Graph) => Graph, group?: string): void => {
    const at = now();
    isContinued = group !== undefined && openGroup?.name === group && at - openGroup.at < typingPauseMs;
    store.setState((state) => ({ graph: to(state.graph) }));
    isContinued = false;
    openGroup = group === undefined ? null : { name: group, at };
  };

  const travel = (step: () => void): void => {
    openGroup = null;
    step();
    store.setState((state) => stillThere(state));
  };

  return {
    store: store as StoreApi<DraftState>,
    history: store.temporal,
    change,
    undo: () => travel(store.temporal.getState().undo),
    redo: () => travel(store.temporal.getState().redo),
    /** Begins a move: a step of undo of its own. */
    lift: () => {
      openGroup = null;
      store.setState({ isDragging: true });
    },
    /** Ends a move. */
    lay: () => store.setState({ isDragging: false, aimedEdge: null }),
    select: (ids: readonly string[], setting: string | null = null) => {
      const { selected, selectedEdge, focusedSetting } = store.getState();
      if (sameIds(selected, ids) && selectedEdge === null && focusedSetting === setting) return;
      store.setState({ selected: ids, selectedEdge: null, focusedSetting: setting });
    },
    selectEdge: (id: string | null) => {
      if (store.getState().selectedEdge === id) return;
      store.setState({ selectedEdge: id, selected: [], focusedSetting: null });
    },
    aimAt: (id: string | null) => {
      if (store.getState().aimedEdge !== id) store.setState({ aimedEdge: id });
    },
    /** Opens the text of a note, or the title of a group, to be typed. */
    edit: (id: string | null) => store.setState({ editing: id }),
    setIssues: (issues: readonly Issue[]) =>
      store.setState(({ issueCounts }) => ({ issues, issueCounts: countIssues(issues, issueCounts) })),
    /** Takes a graph that came from the server; what was undone before no longer applies. */
    replace: (fresh: Graph) => {
      store.setState((state) => stillThere({ ...state, graph: fresh }));
      store.temporal.getState().clear();
    },
  };
}

/** Drops from the selection what the graph no longer has. */
function stillThere(state: DraftState): DraftState {
  const { blocks, notes = [], groups = [] } = state.graph;
  const there = new Set([...blocks, ...notes, ...groups].map(({ id }) => id));
  const selected = state.selected.filter((id) => there.has(id));
  const hasEdge = state.graph.edges.some((edge) => edge.id === state.selectedEdge);
  return {
    ...state,
    selected: selected.length === state.selected.length ? state.selected : selected,
    selectedEdge: hasEdge ? state.selectedEdge : null,
  };
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(b);
  return a.length === b.length && a.every((id) => known.has(id));
}
