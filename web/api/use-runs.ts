import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Run, runsPage } from '#contract';
import { runQuery } from './run-query.ts';
import { type ListFilter, usePaged } from './use-paged.ts';

export function useRuns(filter: ListFilter = {}) {
  return usePaged<Run>({ key: ['runs', 'list'], path: '/runs', filter, schema: runsPage });
}

export function useRun(id: string) {
  return useQuery(runQuery(useQueryClient(), id));
}
