import type { RecordStatus, RunStatus } from '../domain/run.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';

/** A workflow that another one may start. */
export interface Startable {
  name: string;
  records: WorkflowRecords;
  isActive: boolean;
}

/** What a record keeps of a run that it wants to have started, until its block has gone on. */
export interface Started {
  /** The records that the run is to be about. */
  ids: string[];
  /** The run, once there is one. */
  run: string | null;
  /** Why there is none. */
  error: string | null;
}

/** Records of a run that wait at a block for one run that is about all of them. */
export interface ChildStart {
  /** The key of their run. */
  parent: number;
  block: string;
  /** Those of them that it is for. */
  ns: number[];
  /** What they wait for from then on; null where they go on at once. */
  held: { code: string; sentence: string } | null;
}

/** How a run that a record has started stands, and what became of the record in it. */
export interface ChildOutcome {
  runId: string;
  workflowName: string;
  status: RunStatus;
  /** Why the run as a whole failed. */
  error: string | null;
  /** As far as Begin has chosen them. */
  records: { status: RecordStatus; error: string | null }[];
}

/** What a dry run found that would be started. */
export interface PlannedStart {
  block: string;
  recordIds: string[];
}

/** Runs that runs have started. */
export interface ChildStore {
  workflow(id: string): Promise<Startable | undefined>;
  /** Records that wait for a run to be started at this block, at most so many. */
  waiting(
    parent: number,
    code: string,
    block: string,
    limit: number,
  ): Promise<{ n: number; ids: string[] }[]>;
  /** What became of these records in a run. Undefined when there is no such run. */
  outcome(runId: string, recordIds: readonly string[]): Promise<ChildOutcome | undefined>;
  /** How many runs a block of a run has started. */
  count(parentId: string, block: string): Promise<number>;
  /** Records for which steps of a dry run would start a run, by block. */
  planned(planKey: number): Promise<PlannedStart[]>;
}
