import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type Right, sessionState, type setUp, type signIn } from '#contract';
import { api } from './client.ts';

/** Who is signed in, what they may do, and what this server is. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => api.get('/session', { schema: sessionState, signal }),
    staleTime: 60_000,
  });
}

/** Whether the operator may do this; false until the session is known. */
export function useCan(right: Right): boolean {
  return useSession().data?.rights.includes(right) ?? false;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof signIn>) => api.post('/session', { body }),
    onSuccess: () => client.resetQueries(),
  });
}

export function useSetUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof setUp>) => api.post('/setup', { body }),
    onSuccess: () => client.resetQueries(),
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => api.delete('/session'),
    // A whole load of the page: nothing that the last operator saw stays in memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
}
