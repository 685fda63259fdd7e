import type { CallEffect, Undo } from '../domain/effect.ts';
import type { RecordedAnswer, RenderedRequest, RunStatus } from '../domain/run.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

export interface UnclearCall {
  runId: string;
  runStatus: RunStatus;
  n: number;
  recordId: string;
  recordType: string;
  label: string;
  step: number;
  workflowId: string;
  workflowName: string;
  versionNumber: number;
  block: string;
  blockName: string;
  effect: {
    does: CallEffect['does'];
    undo: Undo;
    vendorId: string;
    target: { id: string; email: string } | null;
  } | null;
  startedAt: string;
  attempts: number;
  reason: string;
  request: RenderedRequest | null;
  answer: RecordedAnswer | null;
}

export interface UnclearKind {
  workflowId: string;
  workflowName: string;
  block: string;
  blockName: string;
  reason: string;
  count: number;
  oldestAt: string;
}

export interface UnclearQuery extends ListQuery {
  workflowId?: string | undefined;
  block?: string | undefined;
  reason?: string | undefined;
}

/** Calls of all runs whose outcome nobody knows. */
export interface UnclearReader {
  /** The oldest first, with all kinds of trouble, whatever is asked for. */
  list(query: UnclearQuery): Promise<ListPage<UnclearCall> & { kinds: UnclearKind[] }>;
}
