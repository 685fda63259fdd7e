import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Workflow } from '#contract';
import type { Actions } from './actions.ts';
import type { CardIssues } from './BlockCard.tsx';
import type { Draft, DraftState } from './draft.ts';

/** What every part of the editor shares. */
export type EditorWorld = {
  workflow: Workflow;
  draft: Draft;
  actions: Actions;
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

/** How many issues a block has. */
export function useBlockIssues(blockId: string): CardIssues {
  return useDraft(
    useShallow(({ issues }) => {
      const own = issues.filter((issue) => issue.block === blockId);
      const errors = own.filter((issue) => issue.severity === 'error').length;
      return { errors, warnings: own.length - errors };
    }),
  );
}
