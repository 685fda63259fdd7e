import type { ApprovalKind, ApprovalStatus } from '#contract';
import type { Status } from '../../ui/statuses.ts';

export const kindWords: Record<ApprovalKind, string> = {
  imitated_plan: 'Run over imitated accounts, above a limit',
  plan: 'Run above a limit',
  canary: 'Look at the first call',
  activation: 'Version with harm',
  guard: 'Safety settings',
  unprotect: 'End of a protection',
  credential_hosts: 'Hosts of a credential',
  block: 'Question of a workflow',
};

/** How each state is drawn. */
export const stateLooks: Record<ApprovalStatus, { status: Status; word: string }> = {
  waiting: { status: 'held', word: 'Waits for a yes' },
  approved: { status: 'succeeded', word: 'Approved' },
  used: { status: 'succeeded', word: 'Approved and done' },
  denied: { status: 'failed', word: 'Denied' },
  expired: { status: 'cancelled', word: 'Expired' },
  withdrawn: { status: 'cancelled', word: 'Taken back' },
};

/** `23 h 12 min`, `4 min`, for a countdown. */
export function leftWords(untilIso: string, nowMs: number): string {
  const minutes = Math.max(0, Math.ceil((Date.parse(untilIso) - nowMs) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
