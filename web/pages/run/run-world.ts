import { createContext, useContext } from 'react';
import type { RunDetails, RunRecord } from '#contract';
import type { RecordsFilter } from '../../api/use-run.ts';

/** What the parts of a run page share. */
export type RunWorld = {
  details: RunDetails;
  /** The record whose way is shown on the canvas. */
  record: RunRecord | null;
  /** The block whose step is open. */
  openBlock: string | null;
  filter: RecordsFilter;
  onFilter: (filter: RecordsFilter) => void;
};

export const RunContext = createContext<RunWorld | null>(null);

export function useRunWorld(): RunWorld {
  const world = useContext(RunContext);
  if (!world) throw new Error('A part of a run is drawn outside its page.');
  return world;
}
