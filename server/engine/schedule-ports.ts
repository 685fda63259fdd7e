import type { MissedStart, SlotStatus, Trigger } from '../domain/start-slot.ts';
import type { NewNotification } from './journal-ports.ts';

/** An active version as the schedules see it. */
export interface ScheduleRow {
  workflowId: string;
  versionId: string;
  trigger: Trigger | null;
  isHarmful: boolean;
  nextAt: number | null;
}

/** A workflow that is to start now. */
export interface DueStart {
  workflowId: string;
  workflowName: string;
  trigger: Trigger;
  isHarmful: boolean;
  dueAt: number;
}

/** A time of a schedule and what becomes of it; with that, when the next one is. */
export interface NewSlot {
  id: string;
  workflowId: string;
  slot: string;
  dueAt: number;
  status: SlotStatus;
  runId: string | null;
  reason: string;
  at: number;
  /** The time that the schedule stood at, and the one that it goes on to. */
  from: number;
  next: number | null;
}

/** A person's decision about a start that was missed. */
export interface SlotDecision {
  id: string;
  status: 'started' | 'skipped';
  runId: string | null;
  by: string;
  at: number;
}

export interface ScheduleStore {
  /** Active versions without a row, or with that of another version. */
  unknown(): Promise<{ workflowId: string; versionId: string }[]>;
  put(rows: readonly ScheduleRow[]): Promise<void>;
  /** Removes rows of workflows that have no active version any more. */
  removeInactive(): Promise<number>;
  /** Takes the workflow that is due the longest, so that nobody else does until then. */
  takeDue(now: number, heldUntil: number): Promise<DueStart | undefined>;
  /** The schedule goes on, unless somebody else has moved it on already. */
  advance(workflowId: string, from: number, next: number | null): Promise<void>;
  /**
   * Writes what became of a time, its notification and the next time, in one transaction. False: somebody else has
   * written it already.
   */
  close(slot: NewSlot, notification: (NewNotification & { id: string }) | null): Promise<boolean>;
  /** An earlier start of the schedule still has something to do, or waits for a person. */
  goesOn(workflowId: string): Promise<boolean>;
  missed(): Promise<MissedStart[]>;
  find(slotId: string): Promise<{ workflowId: string; status: SlotStatus } | undefined>;
  /** Throws `conflict` when somebody has decided already. */
  decide(decision: SlotDecision): Promise<void>;
  removeSome(before: number, limit: number): Promise<number>;
}

/** What the doors ask of starts that were missed. */
export interface MissedStarts {
  list(): Promise<MissedStart[]>;
  /** Gives the run that was started, or null. Throws `conflict` when somebody has decided already. */
  decide(slotId: string, choice: 'start' | 'skip', by: string): Promise<string | null>;
}
