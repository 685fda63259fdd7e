import type { EventTrigger } from '../domain/event-trigger.ts';

/** An active version that something sets going. */
export interface WatchRow {
  workflowId: string;
  versionId: string;
  trigger: EventTrigger;
}

/** How far the events of a workflow were looked at; moved on in the transaction that starts the run for them. */
export interface EventStart {
  workflowId: string;
  from: number;
  to: number;
}

/** What has happened since the last look. */
export interface Happened {
  workflowId: string;
  workflowName: string;
  trigger: EventTrigger;
  from: number;
  /** Where the next look begins. */
  to: number;
  /** The records that it is about, each once; null for all that match. */
  recordIds: string[] | null;
  /** Whether there is anything to start for. */
  hasAny: boolean;
  /** How many runs in a row have led to it. */
  depth: number;
  /** How many records were left out because too many runs had set each other off. */
  tooDeep: number;
}

export interface EventStore {
  /** Active versions that are not watched for yet, or with another version. */
  unknown(): Promise<{ workflowId: string; versionId: string }[]>;
  /** Begins to watch from now on; null for a version that nothing sets going. What was watched before is gone on with. */
  put(workflowId: string, versionId: string, trigger: EventTrigger | null): Promise<void>;
  removeInactive(): Promise<void>;
  watched(): Promise<WatchRow[]>;
  /** What happened for a workflow since its last look, at most so many records. Undefined: nothing at all. */
  look(workflowId: string, now: number, limit: number): Promise<Happened | undefined>;
  /** An earlier run that an event started is being worked on. */
  isBusy(workflowId: string): Promise<boolean>;
  /** Moves on where nothing is started; false when somebody else has. */
  advance(start: EventStart): Promise<boolean>;
}
