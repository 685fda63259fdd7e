import type { Recipients } from '../domain/notice.ts';
import type { Held, RecordStatus, StepStatus } from '../domain/run.ts';
import type { Reservation } from './guard-ports.ts';

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
