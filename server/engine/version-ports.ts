import type { DifferenceWords } from '../domain/difference-words.ts';
import type { Graph, Version, Workflow } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';

/** A version by its number, or the draft as it is saved. */
export type Side = number | 'draft';

export interface VersionView extends Version {
  /** `waiting`: a second person has not agreed to it yet. */
  state: 'active' | 'waiting' | 'past';
}

/** One of two graphs that are compared. */
export interface ComparedGraph {
  /** Null for the draft. */
  number: number | null;
  graph: Graph;
}

export interface WorkflowDifference extends DifferenceWords {
  from: ComparedGraph;
  to: ComparedGraph;
}

/** What is done with the versions of a workflow. Absent ones are `not_found`. */
export interface VersionService {
  /** The newest first. */
  list(workflowId: string): Promise<VersionView[]>;
  find(workflowId: string, number: number): Promise<Version>;
  difference(workflowId: string, from: Side, to: Side): Promise<WorkflowDifference>;
  /**
   * Makes the graph of a version the draft again; nothing is launched. Throws `conflict` when somebody else saved the
   * draft since that revision.
   */
  restore(workflowId: string, number: number, revision: number, by: Principal): Promise<Workflow>;
  /** A new workflow whose draft is the draft of another one, or one of its versions. */
  copy(
    workflowId: string,
    copy: { name?: string | undefined; version?: number | undefined },
    by: Principal,
  ): Promise<Workflow>;
}
