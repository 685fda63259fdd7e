import type { BlockCounts, Rerun, Run, RunFamily, RunRecord, RunWait, Step } from '../domain/run.ts';
import type { RunRecordsFilter, RunRecordsQuery, RunsQuery } from './run-service.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

/** Runs as people see them. */
export interface RunReader {
  run(runId: string): Promise<Run | undefined>;
  list(query: RunsQuery): Promise<ListPage<Run>>;
  /** Counts of the blocks of a run that nobody works on. */
  blocks(runId: string): Promise<BlockCounts>;
  /** What the waiting records of a run wait for, the most frequent first. */
  waits(runId: string): Promise<RunWait[]>;
  /** Runs that took up records of this one, the newest first, and at most some of them. */
  reruns(runId: string): Promise<Rerun[]>;
  family(runId: string): Promise<RunFamily>;
  records(runId: string, query: RunRecordsQuery): Promise<ListPage<RunRecord>>;
  /** All that fit, some at a time, without counting them. */
  allRecords(runId: string, filter: RunRecordsFilter): AsyncIterable<RunRecord[]>;
  record(runId: string, n: number): Promise<{ record: RunRecord; steps: Step[] } | undefined>;
  steps(runId: string, query: ListQuery): Promise<ListPage<Step>>;
  /** The version that may start runs; `versionId` is null while the workflow is inactive. */
  activeVersion(
    workflowId: string,
  ): Promise<{ name: string; versionId: string | null; versionNumber: number } | undefined>;
}
