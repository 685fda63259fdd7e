import { useQuery } from '@tanstack/react-query';
import { overview } from '#contract';
import { api } from './client.ts';

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => api.get('/overview', { schema: overview, signal }),
  });
}
