import { useQuery } from '@tanstack/react-query';
import { contactChoices } from '#contract';
import { api } from './client.ts';

/** Operators who may be told when loads go wrong, and whether this server sends e-mails. */
export function useContactChoices() {
  return useQuery({
    queryKey: ['contacts'],
    queryFn: ({ signal }) => api.get('/contacts', { schema: contactChoices, signal }),
  });
}
