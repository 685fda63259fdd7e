import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type ApprovalView,
  approvalView,
  type newProtectionSchema,
  protectionSchema,
  type SafetyChange,
  type SafetyState,
  type StopScope,
  safetyState,
} from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { useCan } from './use-session.ts';

const key = ['safety'];

/** Everything that holds destructive calls now. */
export function useSafety() {
  const mayRead = useCan('guard.read');
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get('/safety', { schema: safetyState, signal }),
    enabled: mayRead,
  });
}

/** Takes in the state that an action has answered with. */
function useKnown() {
  const client = useQueryClient();
  return (state: SafetyState) => client.setQueryData(key, state);
}

export function usePressStop() {
  const onSuccess = useKnown();
  return useMutation({
    mutationFn: (body: { scope: StopScope; reason: string }) =>
      api.post('/safety/stops', { body, schema: safetyState }),
    onSuccess,
  });
}

/** Releases a stop by its place, such as `all` or `vendor:webex`; null is safe mode. */
export function useRelease() {
  const client = useQueryClient();
  const onSuccess = useKnown();
  return useMutation({
    mutationFn: ({ place, ...query }: { place: string | null; reason: string; seen: number | undefined }) =>
      api.delete(place === null ? '/safety/safe-mode' : `/safety/stops/${encodeURIComponent(place)}`, {
        query,
        schema: safetyState,
      }),
    onSuccess,
    // Somebody has pressed Stop meanwhile: what they said is looked at before it is released.
    onError: () => renew(client, 'safety'),
  });
}

/** Changes the settings: done at once, or asked for; then the request is given back. */
export function useSafetyChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: SafetyChange): Promise<ApprovalView | null> => {
      const answered = await api.put('/safety/settings', { body, schema: safetyState.or(approvalView) });
      return 'settings' in answered ? null : answered;
    },
    onSuccess: () => renew(client, 'safety', 'approvals'),
  });
}

export function useProtect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof newProtectionSchema>) =>
      api.post('/safety/protections', { body, schema: protectionSchema }),
    onSuccess: () => renew(client, 'safety'),
  });
}

/** Asks for the end of a protection; somebody else agrees first. */
export function useUnprotect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      api.delete(`/safety/protections/${id}`, { query: { reason }, schema: approvalView }),
    onSuccess: () => renew(client, 'safety', 'approvals'),
  });
}
