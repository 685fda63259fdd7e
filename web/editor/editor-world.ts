import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Workflow } from '#contract';
import type { Actions } from './actions.ts';
import type { Draft, DraftState } from './draft.ts';
import type { IssueCounts } from './issue-counts.ts';

/** What every part of the editor shares. */
export type EditorWorld = {
  workflow: Workflow;
  draft: Draft;
  actions: Actions;
  /** Otherwise the workflow is looked at only. */
  mayChange: boolean;
  /** Opens the list of blocks to put into an edge. */
  openInsert: (edgeId: string, at: { x: number; y: number }) => void;
};

export const EditorContext = createContext<EditorWorld | null>(null);

export function useEditor(): EditorWorld {
  const world = useContext(EditorContext);
  if (!world) throw new Error('A part of the editor is drawn outside it.');
  return world;
}

export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(useEditor().draft.store, select);
}

/** How many issues a block has; undefined when none. */
export function useBlockIssues(blockId: string): IssueCounts | undefined {
  return useDraft((state) => state.issueCounts.get(blockId));
}
