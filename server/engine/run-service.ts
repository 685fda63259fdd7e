import type { GlobalValues } from '../domain/global-variable.ts';
import type { Pace } from '../domain/pace.ts';
import type {
  BlockCounts,
  RecordStatus,
  Rerun,
  Resolution,
  Run,
  RunFamily,
  RunLane,
  RunMode,
  RunRecord,
  RunStatus,
  RunWait,
  Step,
} from '../domain/run.ts';
import type { Graph } from '../domain/workflow.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

export interface RunsQuery extends ListQuery {
  search?: string | undefined;
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
  /** `run` by default. */
  mode?: RunMode | undefined;
}

export interface RunRecordsFilter {
  search?: string | undefined;
  status?: RecordStatus | undefined;
  /** Records that went through this block; with `exit`, those that left it by that exit. */
  block?: string | undefined;
  exit?: string | undefined;
}

export type RunRecordsQuery = ListQuery & RunRecordsFilter;

export interface RunDetails {
  run: Run;
  graph: Graph;
  blocks: BlockCounts;
  /** It waits for its turn, because as many runs as this server works on at once are under way. */
  isInLine: boolean;
  /** Credentials for whose pace its workflow waits now. */
  waitsFor: Pace[];
  /** What its waiting records wait for, the most frequent first. */
  waits: RunWait[];
  /** Its re-runs, the newest first, and at most some of them. */
  reruns: Rerun[];
  family: RunFamily;
  /** Global variables that it goes by, as they were when it began. */
  globals: GlobalValues;
  seq: number;
}

export interface StartOptions {
  startedBy: string;
  /** Of the operator or the token. */
  starterId?: string | undefined;
  /** Begin's rules still apply to them. Absent: every record that matches. */
  recordIds?: readonly string[] | undefined;
  /** `run` by default. */
  mode?: RunMode | undefined;
  lane?: RunLane | undefined;
  /** How many runs in a row led to it. */
  depth?: number | undefined;
  /** In place of the active version; for dry runs only. */
  version?: { id: string; number: number } | undefined;
}

/** What the doors ask of runs. Absent ones are `not_found`. */
export interface RunService {
  /** Starts a run of the active version over all matching records, or over those named. Throws `conflict` while the workflow is inactive. */
  start(workflowId: string, options: StartOptions): Promise<Run>;
  /** Resolves when the run has ended, or after the time with the run as it is then. */
  waitFor(runId: string, ms: number): Promise<Run>;
  details(runId: string): Promise<RunDetails>;
  /** Newest first. */
  list(query: RunsQuery): Promise<ListPage<Run>>;
  records(runId: string, query: RunRecordsQuery): Promise<ListPage<RunRecord>>;
  /** All records that fit, some at a time; for files. */
  allRecords(runId: string, filter: RunRecordsFilter): AsyncIterable<RunRecord[]>;
  /** A record with its steps; record 0 is the run itself. */
  recordSteps(runId: string, n: number): Promise<{ record: RunRecord; steps: Step[] }>;
  steps(runId: string, query: ListQuery): Promise<ListPage<Step>>;
  /** Stops before the next call of every record. Throws `conflict` when the run has ended. */
  cancel(runId: string): Promise<Run>;
  /**
   * Says what became of a parked call: of the one of that step, or of whichever is parked. Throws `conflict` when it is
   * not parked.
   */
  resolve(runId: string, n: number, choice: Resolution, by: string, step?: number): Promise<RunRecord>;
}
