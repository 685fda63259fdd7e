import type { ApprovalStatus } from '../domain/approval.ts';
import type { GlobalValues } from '../domain/global-variable.ts';
import type { RerunKind } from '../domain/rerun.ts';
import type {
  BlockCounts,
  Held,
  RecordCounts,
  RunLane,
  RunMode,
  RunStatus,
  StepStatus,
} from '../domain/run.ts';
import type { Version } from '../domain/workflow.ts';
import type { ApprovalUse } from './approval-ports.ts';
import type { ChildStart } from './child-ports.ts';
import type { EventStart } from './event-ports.ts';
import type { Refusal } from './guard-ports.ts';
import type { RecordState, StepRow, Transition } from './journal-ports.ts';
import type { NewSlot, SlotDecision } from './schedule-ports.ts';
import type { WebhookCall } from './webhook-ports.ts';

/** A run as the engine sees it. */
export interface RunRow {
  key: number;
  id: string;
  workflowId: string;
  workflowName: string;
  versionId: string;
  versionNumber: number;
  status: RunStatus;
  phase: 'begin' | 'records' | 'end';
  startedBy: string;
  /** Of the operator or the token; null where it started by itself. */
  starterId: string | null;
  startedAt: number;
  finishedAt: number | null;
  isCancelling: boolean;
  /** How often a process has taken the run; 1 for the one that started it. */
  fence: number;
  error: string | null;
  recordIds: string[] | null;
  mode: RunMode;
  lane: RunLane;
  /** The dry run that it goes by. */
  planId: string | null;
  /** What somebody agreed to for it. */
  approvalId: string | null;
  /** Of a re-run: the run whose records it takes up, and which of them. */
  originId: string | null;
  rerun: RerunKind | null;
  /** How many runs in a row set each other off before it; 0 for what a person or the time started. */
  depth: number;
  /** Global variables that it uses, as they were when it began. */
  globals: GlobalValues;
  /** The run and the block that started it, and for the how manieth time, as `run_…/block/1`; null otherwise. */
  parentStep: string | null;
}

export interface RecordRow extends RecordState {
  recordType: 'person' | 'saas_user' | 'run';
  recordId: string;
  label: string;
}

export type NewRun = Omit<
  RunRow,
  'key' | 'fence' | 'isCancelling' | 'finishedAt' | 'error' | 'planId' | 'approvalId'
>;

/**
 * The time of a schedule that a run is started for, a person's yes to one that was missed, events, or records of another
 * run: written together with the run, and `conflict` when somebody else was first.
 */
export type StartCause =
  | { slot: NewSlot }
  | { missed: SlotDecision }
  | { event: EventStart }
  | { child: ChildStart }
  | { hook: WebhookCall };

/** A page of the records that a re-run takes up, copied as they stood; `last` is where the next page begins. */
export interface TakenUp {
  count: number;
  /** Null when there are no more. */
  last: number | null;
}

/** A dry run to be made of records of another run. */
export interface PlanFirst {
  parent: number;
  child: NewRun;
  /** Which of its records: those that have not begun, or those that a limit holds. */
  of: 'queued' | 'limit';
  held: Held;
  at: number;
}

/** A call that took something from somebody, or was to. */
export interface Harm {
  runId: string;
  recordN: number;
  stepN: number;
  label: string;
  block: string;
  status: StepStatus;
}

/** How a run ends; its status follows from what became of its records. */
export interface RunEnd {
  isCancelled: boolean;
  error: string | null;
  at: number;
  /** Null while not all that they count is committed. */
  blocks: BlockCounts | null;
}

/** Runs and their journal. Writes of one tick are committed together; each promise resolves after its commit. */
export interface RunStore {
  /**
   * Adds a run with its record 0 waiting at `begin`. Its row can be worked with at once: what is written for it
   * is committed after it. `saved` resolves when it is there for good.
   */
  create(run: NewRun, begin: string, cause?: StartCause): { row: RunRow; saved: Promise<void> };
  find(runId: string): Promise<RunRow | undefined>;
  /** Takes a run for this process: counts up its fence. */
  take(key: number): Promise<RunRow>;
  /** Runs that somebody has to work on: neither ended nor waiting. The records that they name come with `take`. */
  unfinished(): Promise<RunRow[]>;
  /**
   * Writes a transition as it is now: what is done to its record later is not in it. Throws `conflict` when another
   * process has taken the run. Where its reservation is refused, its intent is left out and the refusal given back.
   */
  append(transition: Transition): Promise<Refusal | null>;
  /** Adds records behind those that the run has; returns the n of the last one. */
  addRecords(
    key: number,
    after: number,
    pending: string[],
    records: { recordType: 'person' | 'saas_user'; recordId: string; label: string }[],
  ): Promise<number>;
  /** Drops records 1 and up: the choice of records starts again. */
  clearRecords(key: number): Promise<void>;
  /**
   * Copies records of a re-run's origin that failed, each with its variables and the blocks at which it failed: those
   * left by an exit that is not in `leading`. From `after` on, at most so many.
   */
  takeUpFailed(key: number, leading: readonly string[], after: number, limit: number): Promise<TakenUp>;
  setPhase(key: number, phase: RunRow['phase'], status: RunStatus): Promise<void>;
  setCancelling(key: number): Promise<void>;
  /** Counts the records, decides the status by them and writes both. */
  finish(key: number, end: RunEnd): Promise<{ status: RunStatus; counts: RecordCounts }>;
  /** Writes what somebody decided about a record of a finished run, and puts the run back to work with it. */
  reopen(decided: Transition): Promise<void>;
  record(key: number, n: number): Promise<RecordRow | undefined>;
  /** Unfinished records with n above `after`, in order: at most so many, and fewer where they carry much. */
  nextRecords(key: number, after: number, limit: number): Promise<RecordRow[]>;
  lastStep(key: number, n: number): Promise<StepRow | undefined>;
  step(key: number, n: number, step: number): Promise<StepRow | undefined>;
  /**
   * Marks intents of earlier fences as in need of attention, with their records; returns how many. Those of the
   * `readable` blocks stay as they are: their account is looked at when the record goes on.
   */
  parkUnclear(key: number, fence: number, at: number, readable: readonly string[]): Promise<number>;
  /**
   * Nothing can be done for the run now. When all that is left of it waits (record 0, or the records), it becomes
   * `waiting`; `open` says how many have been woken meanwhile.
   */
  rest(key: number, of: 'run' | 'records'): Promise<{ open: number; waiting: number }>;
  /** How many records wait at each block. */
  waitingAt(key: number): Promise<ReadonlyMap<string, number>>;
  /** Queues records whose time has come, at most so many, and sets their runs going. Gives those runs. */
  wakeDue(now: number, limit: number): Promise<{ count: number; runs: RunRow[] }>;
  /**
   * Queues the records of a run that are held for this reason, at most so many, and sets the run going; returns how
   * many.
   */
  release(key: number, code: string, limit?: number): Promise<number>;
  /**
   * Makes a dry run of records of a run as they stand, and holds them meanwhile: those that have not begun, or those
   * that are held for a limit.
   */
  planFirst(first: PlanFirst): Promise<RunRow>;
  /** The run that records wanted to have started cannot be: they are queued with the reason. */
  refuseChild(start: ChildStart, error: string): Promise<void>;
  /** Gives what is held for one reason another one. */
  rehold(key: number, code: string, held: Held): Promise<void>;
  /** The run that goes by this dry run. */
  plannedBy(planId: string): Promise<RunRow | undefined>;
  /** Runs that wait with records that are held, each with the reasons. */
  heldRuns(): Promise<{ row: RunRow; codes: string[] }[]>;
  /** For which reasons records of a run are held. */
  heldCodes(key: number): Promise<string[]>;
  /** Lets a run go by the plan that somebody agreed to. Throws `conflict` when it does not wait for that any more. */
  approve(agreed: { runId: string; planId: string; approvalId: string }, use: ApprovalUse): Promise<void>;
  /** Somebody has looked at the first call of a version. Throws `conflict` when the approval is no good any more. */
  look(versionId: string, use: ApprovalUse): Promise<void>;
  isLookedAt(versionId: string): Promise<boolean>;
  /** What a plan would take from accounts, as `agreedKey` writes it. */
  harmOf(planId: string): Promise<string[]>;
  /** The newest call of a version that took something from somebody, of this run where it has one. */
  firstHarm(row: RunRow): Promise<Harm | undefined>;
  /** What somebody was asked last for a run. */
  lastApproval(runId: string): Promise<{ id: string; status: ApprovalStatus } | undefined>;
  /** When the next record is to be woken; null when none waits for a time. */
  nextWakeAt(): Promise<number | null>;
  /** Ends every record that has not begun or not ended as cancelled. */
  cancelRecords(key: number, at: number): Promise<void>;
  counts(key: number): Promise<RecordCounts>;
  blockCounts(key: number): Promise<BlockCounts>;
}

export interface WorkflowStore {
  version(versionId: string): Promise<Version | undefined>;
}
