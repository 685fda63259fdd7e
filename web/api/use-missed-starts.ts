import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { missedStartDecided, missedStartsList } from '#contract';
import { api } from './client.ts';

const key = ['runs', 'missed-starts'];

/** Starts that a schedule missed and that wait for a person. */
export function useMissedStarts() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/missed-starts', { schema: missedStartsList, signal }),
  });
}

export function useMissedStartDecision() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, choice }: { id: string; choice: 'start' | 'skip' }) =>
      api.post(`/missed-starts/${id}/decision`, { body: { choice }, schema: missedStartDecided }),
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  });
}
