import type { RerunKind, RerunOption, RerunOptions } from '../domain/rerun.ts';
import type { Run, RunStatus } from '../domain/run.ts';

/** A run as somebody who wants to run it again needs it. */
export interface RunToRepeat {
  workflowId: string;
  workflowName: string;
  versionId: string;
  versionNumber: number;
  mode: 'run' | 'plan';
  status: RunStatus;
  /** False once the details of its steps were taken. */
  hasSteps: boolean;
  /** A re-run of it has not ended. */
  isGoingOn: boolean;
}

/** Counts of an option, with the blocks at which records go on by their id. */
export type RerunCounts = Omit<RerunOption, 'blocks'> & { blocks: ReadonlyMap<string, number> };

/** What a run may be repeated with. */
export interface RerunReader {
  run(runId: string): Promise<RunToRepeat | undefined>;
  /** Looks at all records, some at a time; `leading` are exits, as `block.exit`, that lead somewhere. */
  counts(runId: string, leading: readonly string[]): Promise<RerunCounts[]>;
}

/** Running records of a run again. */
export interface RerunService {
  /** Throws `not_found`. */
  options(runId: string): Promise<RerunOptions>;
  /** Starts the re-run. Throws `conflict` where nothing may be run again. */
  start(runId: string, records: RerunKind, by: { id: string; name: string }): Promise<Run>;
}
