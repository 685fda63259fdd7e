import type { WorkflowRecords } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';

/** The secret by which callers of a workflow prove who they are. */
export interface StoredWebhook {
  workflowId: string;
  /** Sealed. */
  secret: Uint8Array;
  createdBy: string;
  createdAt: number;
  lastCallAt: number | null;
}

/** A call, by the id that its sender gave it: taken once for a workflow, in the transaction that starts the run. */
export interface WebhookCall {
  workflowId: string;
  callId: string;
  at: number;
}

export interface WebhookStore {
  find(workflowId: string): Promise<StoredWebhook | undefined>;
  put(webhook: StoredWebhook): Promise<void>;
  remove(workflowId: string): Promise<void>;
  /** The run that a call has started; undefined where it was not taken yet. */
  runOf(workflowId: string, callId: string): Promise<string | undefined>;
  workflow(workflowId: string): Promise<{ records: WorkflowRecords; versionId: string | null } | undefined>;
  /** Removes calls that were taken before; at most so many. */
  removeSome(before: number, limit: number): Promise<number>;
}

export interface WebhookView {
  /** Where callers send to. */
  url: string;
  hasSecret: boolean;
  createdBy: string | null;
  createdAt: string | null;
  lastCallAt: string | null;
}

/** What a caller sends: the body as it came, and what proves it. */
export interface SignedCall {
  id: string;
  timestamp: string;
  signature: string;
  body: string;
}

export interface WebhookService {
  view(workflowId: string): Promise<WebhookView>;
  /** Makes a secret, which is shown this once; an earlier one is good for nothing from then on. */
  renew(workflowId: string, by: Pick<Principal, 'name'>): Promise<WebhookView & { secret: string }>;
  remove(workflowId: string): Promise<void>;
  /**
   * Starts a run for the record that the body names. Throws `unauthorized`, always with the same words, for everybody
   * who cannot sign.
   */
  call(workflowId: string, call: SignedCall): Promise<{ runId: string; isRepeat: boolean }>;
}
