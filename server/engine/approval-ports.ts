import type { Approval, ApprovalKind, ApprovalStatus } from '../domain/approval.ts';
import type { Hand } from '../domain/second-person.ts';
import type { Principal } from './access-ports.ts';
import type { NewMail } from './contact-ports.ts';
import type { NewNotification } from './journal-ports.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

export interface ApprovalsQuery extends ListQuery {
  status: 'waiting' | 'all';
  /** Only what is asked for this run. */
  runId?: string | undefined;
}

/** Who asks: an operator, a token, or what started a run by itself, such as `Schedule`. */
export interface Asker {
  id: string;
  name: string;
}

export interface NewApproval {
  kind: ApprovalKind;
  /** What is asked, as a heading: `Raise the limits`. */
  title: string;
  /** All that is agreed to, as JSON. What is done must hash to the same. */
  subject: unknown;
  workflowId?: string | null;
  runId?: string | null;
  by: Asker;
  /** Ids of those who made it, such as the authors of a version. */
  authors?: readonly string[];
  /** What somebody types who agrees alone. */
  confirmation: string;
  /** How long somebody may think about it; three days by default. */
  lifeMs?: number;
}

/** Proof of an approval, to be taken in the transaction that does what was agreed to. */
export interface ApprovalUse {
  id: string;
  hash: string;
  at: number;
}

/** What a kind of approval is about. */
export interface ApprovalHandler {
  /** Whether what was shown is still so; a sentence says what moved on. Absent: it cannot change. */
  moved?(approval: Approval): Promise<string | null>;
  /**
   * Called after it was approved, denied, withdrawn or expired. What is done for an approved one takes its `use` in the
   * same transaction. It may be called again for an approved one that was not used.
   */
  ended(approval: Approval, use: ApprovalUse): Promise<void>;
}

/** What one caller may do about an approval. */
export interface ApprovalView extends Approval {
  /** Operators who can agree now; empty where nobody can but alone, after the cooling-off. */
  deciders: { id: string; name: string }[];
  /** Null when the caller may agree now; else why not, in a sentence. */
  obstacle: string | null;
  /** The caller agrees alone and has to type `confirmation`. */
  needsTyping: boolean;
}

export interface Decision {
  decision: 'approve' | 'deny';
  reason: string;
  typed?: string | undefined;
}

export interface Approvals {
  /** Says what becomes of approvals of this kind. */
  on(kind: ApprovalKind, handler: ApprovalHandler): void;
  /** Asks, and tells everybody who can agree. The same request that waits already is given back. */
  request(approval: NewApproval): Promise<Approval>;
  /** Throws `not_found`. */
  find(id: string): Promise<Approval>;
  view(id: string, caller: Principal): Promise<ApprovalView>;
  /** The newest first. */
  list(query: ApprovalsQuery, caller: Principal): Promise<ListPage<ApprovalView> & { waiting: number }>;
  /** Operators who could agree if this caller asked now; empty means a cooling-off. */
  secondPersonsFor(caller: Asker, authors?: readonly string[]): Promise<{ id: string; name: string }[]>;
  /**
   * Throws `forbidden` for whoever may not, with the place `step-up` when the password must be entered again, and
   * `conflict` when it does not wait any more or what it is about has changed.
   */
  decide(id: string, decision: Decision, caller: Principal): Promise<ApprovalView>;
  /** Takes a request back. Throws `forbidden` for everybody but who asked. */
  withdraw(id: string, caller: Principal): Promise<void>;
  /** Takes back everything that waits of a kind for a workflow, because something newer takes its place. */
  supersede(kind: ApprovalKind, workflowId: string, reason: string): Promise<void>;
  /** What was approved for this caller and not used yet. */
  findApproved(kind: ApprovalKind, subject: unknown, by: Asker): Promise<ApprovalUse | null>;
  /** Uses an approval, once. Throws `conflict` when it is not approved, was used, or was given for something else. */
  consume(id: string, hash: string): Promise<void>;
  /** A duty: ends what nobody decided in time or whose asker is gone, and does what was agreed to and a crash left undone. */
  settle(): Promise<void>;
}

/** A question of a workflow, as its link shows it. */
export interface LinkedQuestion {
  title: string;
  status: ApprovalStatus;
  workflowName: string;
  requestedByName: string;
  records: { count: number; labels: string[] };
  expiresAt: string;
  decidedByName: string | null;
  obstacle: string | null;
  operatorName: string;
}

/** Questions of workflows, looked at and answered by the link in an e-mail. Throws `not_found` for one that is not good. */
export interface ApprovalLinks {
  look(token: string): Promise<LinkedQuestion>;
  /** Throws `conflict` where it was answered already, `forbidden` for whoever may not. */
  decide(token: string, decision: Omit<Decision, 'typed'>): Promise<LinkedQuestion>;
}

/** SHA-256 of a subject of a kind. */
export type HashSubject = (kind: ApprovalKind, subject: unknown) => string;

export interface ApprovalStore {
  /** Writes the request with what is told of it, in one transaction. */
  insert(approval: Approval, told: Told, at: number): Promise<void>;
  find(id: string): Promise<Approval | undefined>;
  /** One for the same of this asker. */
  findSame(status: 'waiting' | 'approved', hash: string, requestedBy: string): Promise<Approval | undefined>;
  list(query: ApprovalsQuery): Promise<ListPage<Approval> & { waiting: number }>;
  /** Changes the status when it is still `from`; false when somebody else was first. */
  end(
    id: string,
    from: ApprovalStatus,
    change: Ending,
    told: { notification: NewNotification; operatorId: string } | null,
  ): Promise<boolean>;
  /** Throws `conflict`. */
  consume(use: ApprovalUse): Promise<void>;
  /** Waiting or approved ones whose time is over. */
  overdue(now: number): Promise<Approval[]>;
  waiting(): Promise<Approval[]>;
  /** Approved, and not used yet. */
  unused(kinds: readonly ApprovalKind[]): Promise<Approval[]>;
  waitingFor(kind: ApprovalKind, workflowId: string): Promise<Approval[]>;
}

export interface Ending {
  status: ApprovalStatus;
  by: Asker | null;
  at: number;
  reason: string;
}

/** Whom a request is told to: in the app one by one, and by e-mail where the server sends any. */
export interface Told {
  operatorIds: readonly string[];
  notification: NewNotification;
  mails: readonly NewMail[];
}

/** Operators as the second person is found among them. */
export interface HandStore {
  hands(): Promise<(Hand & { name: string; email: string })[]>;
}
