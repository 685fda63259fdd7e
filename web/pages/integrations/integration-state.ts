import type { Integration } from '#contract';
import type { Status } from '../../ui/statuses.ts';

export interface IntegrationState {
  status: Status;
  /** Where the status's own word would not say it. */
  word?: string;
}

/** How an integration stands, by its most pressing fact. */
export function toIntegrationState({ status, isPaused, lastLoad }: Integration): IntegrationState {
  if (lastLoad?.finishedAt === null) return { status: 'running', word: 'Loading' };
  if (status === 'draft') return { status: 'draft' };
  if (lastLoad?.status === 'failed') return { status: 'failed', word: 'Last load failed' };
  if (lastLoad?.status === 'held') return { status: 'needs_attention' };
  if (isPaused) return { status: 'inactive', word: 'Paused' };
  return { status: 'active' };
}

/** Whether the vendor can be asked something for it: by this server, or by its agent. */
export const hasCredential = ({ installation, credentialId, agentCredential }: Integration): boolean =>
  installation === 'local' ? agentCredential !== '' : credentialId !== null;
