import { useQuery } from '@tanstack/react-query';
import { type Run, runDetails, runsPage } from '#contract';
import { api } from './client.ts';
import { type ListFilter, usePaged } from './use-paged.ts';

export function useRuns(filter: ListFilter = {}) {
  return usePaged<Run>({ key: ['runs', 'list'], path: '/runs', filter, schema: runsPage });
}

export function useRun(id: string) {
  return useQuery({
    queryKey: ['runs', id],
    queryFn: ({ signal }) => api.get(`/runs/${id}`, { schema: runDetails, signal }),
  });
}
