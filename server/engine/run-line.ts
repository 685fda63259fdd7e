import { type RunLane, runLanes } from '../domain/run.ts';
import type { RunRow } from './run-store-ports.ts';

type Wanting = Pick<RunRow, 'id' | 'workflowId' | 'lane'>;

/** The waiting runs of each workflow, by their id. */
type Line = Map<string, Map<string, Wanting>>;

/** Which runs are worked on now, and which wait for a place. */
export interface RunLine {
  hasRoom(run: Wanting): boolean;
  /** Gives the run a place, or puts it in the line; whether it may begin. */
  enter(run: Wanting): boolean;
  /** Gives it a place at once, however many there are. */
  goFirst(run: Wanting): void;
  /** Gives up the place of a run that has ended or waits for something else. */
  leave(run: Wanting): void;
  /** Gives a place to the run whose turn it is; undefined where nobody waits, or nothing is free. */
  next(): Wanting | undefined;
  /** Whether it waits for a place. */
  has(run: Wanting): boolean;
  clear(): void;
}

export interface RunRoom {
  ofWorkflow: number;
  inAll: number;
}

/**
 * Enough to use all that any credential allows, and little enough that ten thousand runs at once, after a crash for
 * one, take no more memory than two thousand.
 */
export const defaultRoom: RunRoom = { ofWorkflow: 256, inAll: 2_000 };

/**
 * Runs that are worked on take memory, those in the line only their id. More urgent lanes go first, the workflows of a
 * lane in turn, and what somebody started by hand waits for its own workflow only.
 */
export function createRunLine({ ofWorkflow, inAll }: RunRoom = defaultRoom): RunLine {
  const places = new Map<string, number>();
  let taken = 0;
  const waiting: Record<RunLane, Line> = { manual: new Map(), event: new Map(), schedule: new Map() };

  const hasRoom = ({ workflowId, lane }: Wanting): boolean =>
    (places.get(workflowId) ?? 0) < ofWorkflow && (taken < inAll || lane === 'manual');

  function take({ workflowId }: Wanting): void {
    places.set(workflowId, (places.get(workflowId) ?? 0) + 1);
    taken += 1;
  }

  function addLast({ id, workflowId, lane }: Wanting): void {
    const runs = waiting[lane].get(workflowId);
    if (runs) runs.set(id, { id, workflowId, lane });
    else waiting[lane].set(workflowId, new Map([[id, { id, workflowId, lane }]]));
  }

  function takeOut({ id, workflowId, lane }: Wanting): void {
    const runs = waiting[lane].get(workflowId);
    if (runs?.delete(id) && runs.size === 0) waiting[lane].delete(workflowId);
  }

  function goFirst(run: Wanting): void {
    takeOut(run);
    take(run);
  }

  return {
    hasRoom,
    enter(run) {
      const isFree = hasRoom(run);
      if (isFree) goFirst(run);
      else addLast(run);
      return isFree;
    },
    goFirst,
    leave({ workflowId }) {
      const left = (places.get(workflowId) ?? 0) - 1;
      if (left > 0) places.set(workflowId, left);
      else places.delete(workflowId);
      taken -= 1;
    },
    next() {
      for (const lane of runLanes) {
        for (const [workflowId, runs] of waiting[lane]) {
          const [run] = runs.values();
          if (!run || !hasRoom(run)) continue;
          goFirst(run);
          // The next turn is another workflow's.
          if (waiting[lane].delete(workflowId)) waiting[lane].set(workflowId, runs);
          return run;
        }
      }
      return undefined;
    },
    has: ({ id, workflowId, lane }) => waiting[lane].get(workflowId)?.has(id) ?? false,
    clear() {
      for (const lane of runLanes) waiting[lane].clear();
    },
  };
}
