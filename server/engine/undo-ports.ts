import type { CallEffect, Undo } from '../domain/effect.ts';
import type { UndoOption } from '../domain/undo-plan.ts';
import type { Graph, Workflow, WorkflowRecords } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';

/** What the blocks of a run have surely done at vendors. */
export interface DoneEffects {
  workflowName: string;
  records: WorkflowRecords;
  graph: Graph;
  blocks: {
    block: string;
    does: CallEffect['does'];
    undo: Undo;
    vendorId: string;
    presetId: string;
    count: number;
    /** Workflows whose drafts take it back. */
    made: UndoOption['made'];
  }[];
}

export interface UndoReader {
  /** Undefined where there is no such run. */
  done(runId: string): Promise<DoneEffects | undefined>;
}

export interface UndoService {
  /** Throws `not_found`. */
  options(runId: string): Promise<UndoOption[]>;
  /** Makes one draft that takes back what these blocks of the run did. Throws `conflict` where nothing can. */
  make(runId: string, blocks: readonly string[], by: Principal): Promise<Workflow>;
}
