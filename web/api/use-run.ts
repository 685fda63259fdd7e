import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import {
  type RecordStatus,
  type Resolution,
  type RunRecord,
  recordSteps,
  runRecordsPage,
  type ServerMessage,
} from '#contract';
import { api } from './client.ts';
import { takeRunNews } from './run-query.ts';
import { usePaged } from './use-paged.ts';

export type RecordsFilter = {
  status?: RecordStatus | undefined;
  block?: string | undefined;
  exit?: string | undefined;
  search?: string | undefined;
};

/** Takes snapshots of a run from the socket. */
export function useRunSnapshot(id: string): (message: ServerMessage) => void {
  const client = useQueryClient();
  return useCallback((message) => takeRunNews(client, id, message), [client, id]);
}

export function useRunRecords(id: string, filter: RecordsFilter) {
  return usePaged<RunRecord>({
    key: ['runs', id, 'records'],
    path: `/runs/${id}/records`,
    filter,
    schema: runRecordsPage,
  });
}

/** The address of all records that fit, as a CSV file. */
export function recordsFile(id: string, filter: RecordsFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
  return `/api/v1/runs/${id}/records.csv?${new URLSearchParams(given as [string, string][])}`;
}

/** The steps of one record; record 0 is the run itself. */
export function useRecordSteps(id: string, n: number | null) {
  return useQuery({
    queryKey: ['runs', id, 'steps', n],
    queryFn: ({ signal }) => api.get(`/runs/${id}/records/${n}`, { schema: recordSteps, signal }),
    enabled: n !== null,
    placeholderData: keepPreviousData,
  });
}

export function useCancellation(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`/runs/${id}/cancellation`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs', id] }),
  });
}

/** Settles a record whose call has an unknown outcome. */
export function useResolution(id: string, n: number, step: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: Resolution) =>
      api.post(`/runs/${id}/records/${n}/resolution`, { body: { choice, step } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', id] }),
  });
}
