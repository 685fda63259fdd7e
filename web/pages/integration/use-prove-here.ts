import { useQueryClient } from '@tanstack/react-query';
import type { Credential, Integration } from '#contract';
import { renew } from '../../api/keys.ts';
import { useProve } from '../credentials/use-prove.ts';

/** Proves a credential by a login that returns to this integration, or by a test; then shows what is still missing. */
export function useProveHere({ id }: Integration) {
  const client = useQueryClient();
  const prove = useProve();
  return async (credential: Credential): Promise<void> => {
    const isLeaving = await prove(credential, `/integrations/${id}`);
    if (!isLeaving) await renew(client, 'integrations', 'credentials');
  };
}
