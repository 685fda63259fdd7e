import type { ApprovalStatus } from '../domain/approval.ts';
import type { Credential } from '../domain/credential.ts';
import type { Field } from '../domain/field.ts';
import type { GlobalValues } from '../domain/global-variable.ts';
import type { Load } from '../domain/load.ts';
import type { Recipients } from '../domain/notice.ts';
import type { Lane, Pace } from '../domain/pace.ts';
import type { Permit } from '../domain/permit.ts';
import type { PersonContent } from '../domain/record-values.ts';
import type { RerunKind } from '../domain/rerun.ts';
import type {
  BlockCounts,
  Held,
  RecordCounts,
  RecordStatus,
  RunLane,
  RunMode,
  RunStatus,
  StepStatus,
} from '../domain/run.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { CallClass, HttpMethod, Vendor } from '../domain/vendor.ts';
import type { Version, WorkflowRecords } from '../domain/workflow.ts';
import type { ApprovalUse } from './approval-ports.ts';
import type { ChildStart } from './child-ports.ts';
import type { EventStart } from './event-ports.ts';
import type { Refusal, Reservation } from './guard-ports.ts';
import type { NewSlot, SlotDecision } from './schedule-ports.ts';
import type { WebhookCall } from './webhook-ports.ts';

/** Milliseconds since 1970, and waiting that a cancelled run can cut short. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when the work is done, or after the time. */
  atMost(ms: number, work: Promise<unknown>): Promise<void>;
}

/** One call to a vendor, rendered and ready to be sent. */
export interface VendorCall {
  /** Id of the credential, or its name where a record names it. */
  credential: { id: string } | { name: string };
  class: CallClass;
  method: HttpMethod;
  /** A path with its query, below the credential's base URL, or a whole URL on one of the credential's hosts. */
  url: string;
  headers: Record<string, string>;
  body: string | null;
  timeoutMs: number;
  /** Whatever is not a read is sent with one, or not at all. */
  permit?: Permit;
  /** How urgent it is where calls of one credential wait for each other; `manual` by default. */
  lane?: Lane;
  /** The workflow or integration that makes it: they take turns. */
  group?: string;
}

/** What came of sending: data, never an exception. Bodies are text; nobody has judged them yet. */
export type VendorReply =
  | {
      kind: 'answered';
      status: number;
      /** Names in small letters. */
      headers: Record<string, string>;
      body: string;
      /** True when the answer went over the size limit and was dropped. */
      isTooLarge: boolean;
    }
  /** No byte left this server: bad URL, host not allowed, no credential, connection refused, token refresh refused. */
  | { kind: 'not_sent'; reason: string; isPermanent: boolean; isUnauthorized: boolean }
  /** The request may have arrived: time-out, reset connection. */
  | { kind: 'no_answer'; reason: string };

export interface SentCall {
  reply: VendorReply;
  /** As sent, secrets masked. */
  request: { method: string; url: string; headers: Record<string, string>; body?: unknown };
  durationMs: number;
  /** Values that must not appear in anything stored or shown. */
  secrets: readonly string[];
}

/** The only way to a vendor. */
export interface VendorClient {
  /**
   * Waits for its turn at the credential's pace, refreshes its token where needed, sends once. Never throws. A refusal
   * for too many calls slows the credential down for everybody; whether to send again is the caller's choice.
   */
  send(call: VendorCall, signal: AbortSignal): Promise<SentCall>;
}

/** How fast credentials are used, and who waits for them. */
export interface PaceReader {
  paceOf(credential: Credential): Pace;
  /** Credentials for which calls of this group wait now. */
  holding(group: string): Pace[];
}

/** The records a step works on. */
export interface Subject {
  person: PersonContent | null;
  saasUser: SaasUser | null;
}

/** A value of a person or a SaaS user to be written, already of the field's type. */
export interface RecordChange {
  record: 'person' | 'saas_user';
  recordId: string;
  field: string;
  before: unknown;
  after: unknown;
}

/** A row of the journal. A row with the same place is replaced: an intent that now has its outcome. */
export interface StepRow {
  n: number;
  block: string;
  status: StepStatus;
  exit: string | null;
  attempts: number;
  startedAt: number;
  durationMs: number;
  note: string | null;
  error: string | null;
  /** JSON texts, masked and capped. */
  request: string | null;
  answer: string | null;
  changes: string | null;
  /** Of a call that is not a read: a `StepEffect`. */
  effect: string | null;
  /** The state of its target just before, where no earlier step of the record holds it. */
  before: string | null;
}

/** Of a record that waits, or that was woken and whose block has not decided anew. */
export interface Waits {
  since: number;
  /** When it is woken; null once it was, or when it has to be released. */
  wakeAt: number | null;
  held: Held | null;
}

/** Where a record of a run stands. */
export interface RecordState {
  n: number;
  status: RecordStatus;
  /** Blocks that it goes to next, in order. */
  pending: string[];
  /** How many steps it has. */
  steps: number;
  variables: Record<string, unknown>;
  error: string | null;
  waits: Waits | null;
  finishedAt: number | null;
}

export interface NewNotification {
  level: 'info' | 'success' | 'warning' | 'error';
  title: string;
  message: string;
  link: string | null;
}

/** What a block tells, and whom. */
export interface Notice extends NewNotification {
  /** Who sees it in the app; null: everybody. Absent for one that is only an e-mail. */
  readers?: Pick<Recipients, 'operatorIds' | 'roles'> | null;
  /** Who gets it by e-mail. */
  mail?: (Recipients & { subject: string; text: string }) | null;
}

/** Everything that one transition of one record writes, in one transaction. */
export interface Transition {
  run: number;
  fence: number;
  runId: string;
  at: number;
  record: RecordState;
  steps: StepRow[];
  changes: RecordChange[];
  notifications: Notice[];
  /** What its intent counts as: granted in the same transaction, or the intent is not written. */
  reserve: Reservation | null;
  /** What was reserved for a call that surely had no effect. */
  release: Reservation | null;
}

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
  /** Runs that somebody has to work on: neither ended nor waiting. */
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
  /** Unfinished records with n above `after`, in order. */
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

/** Reads the records that workflows work on. */
export interface RecordStore {
  subjects(recordType: 'person' | 'saas_user', recordIds: readonly string[]): Promise<Map<string, Subject>>;
  /** Records of a workflow in id order, for the choice of records: active, deactivated or both. */
  choose(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    after: string | null,
    limit: number,
  ): Promise<{ recordId: string; label: string; subject: Subject }[]>;
  /** As `choose`, for a choice without rules: nothing of the records is read but their names. */
  chooseLabels(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    after: string | null,
    limit: number,
  ): Promise<{ recordId: string; label: string }[]>;
  /** The same for records that were named: those that exist, belong to the workflow and are in the state. */
  chooseNamed(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    recordIds: readonly string[],
  ): Promise<{ recordId: string; label: string; subject: Subject }[]>;
  /** The records for which blocks of a run were surely done, by their ids: each with which of them. */
  undone(of: Undone): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Records that a re-run from the start takes up, with n in its origin above `after`, at most so many. */
  again(
    rerun: { key: number; originId: string; records: RerunKind },
    after: number,
    limit: number,
  ): Promise<{ n: number; recordId: string }[]>;
  /** Names that vendors give to ids, by `vendor/id`; as the last load read them. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** How many records the workflow has in that state, whatever its rules say. */
  count(records: WorkflowRecords, state: 'active' | 'deactivated' | 'both'): Promise<number>;
  /** Fields that operators added. */
  fields(): Promise<readonly Field[]>;
}

export interface WorkflowStore {
  version(versionId: string): Promise<Version | undefined>;
}

/** Starts a user load and waits for its end. */
export interface LoadRunner {
  run(integrationId: string, startedBy: string, signal: AbortSignal): Promise<Load>;
  /** The newest load that has ended; undefined where there is none. */
  last(integrationId: string): Promise<Load | undefined>;
}

/** Lists that browsers are told of. */
export type Listed =
  | 'runs'
  | 'loads'
  | 'notifications'
  | 'credentials'
  | 'workflows'
  | 'approvals'
  | 'safety'
  | 'operators';

/** Tells whoever watches. Called after the commit, never before. */
export interface Events {
  runChanged(runId: string): void;
  listChanged(what: Listed): void;
}

export interface Vendors {
  find(vendorId: string): Vendor | undefined;
  /** Those that may be chosen for something new. */
  list(): readonly Vendor[];
  /** As they were defined at an instant, in milliseconds: where definitions never change, they are the same. */
  asOf?(instant: number): Vendors;
}
