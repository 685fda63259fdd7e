import { useCredentials } from '../../api/use-credentials.ts';
import { useIntegrations } from '../../api/use-integrations.ts';
import { toIntegrationState } from '../integrations/integration-state.ts';

export interface Trouble {
  to: string;
  name: string;
  kind: 'Credential' | 'Integration';
  status: 'failed' | 'expired' | 'needs_attention';
  word?: string;
}

/** Credentials that do not work and integrations whose latest load failed or waits for a decision. */
export function useTroubles(): Trouble[] {
  const integrations = useIntegrations().data ?? [];
  const credentials = useCredentials().data ?? [];
  const found: Trouble[] = [];
  for (const { id, name, status } of credentials) {
    if (status !== 'failed' && status !== 'expired') continue;
    found.push({ to: `/credentials/${id}`, name, kind: 'Credential', status });
  }
  for (const integration of integrations) {
    const { status, word } = toIntegrationState(integration);
    if (status !== 'failed' && status !== 'needs_attention') continue;
    const { id, name } = integration;
    const isHeld = status === 'needs_attention';
    found.push({
      to: `/integrations/${id}`,
      name,
      kind: 'Integration',
      status,
      ...(isHeld ? { word: 'Load held' } : word !== undefined && { word }),
    });
  }
  return found;
}
