import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApprovalDecision, type ApprovalView, approvalsPage, approvalView } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { usePaged } from './use-paged.ts';
import { useCan } from './use-session.ts';

export function useApprovals(status: 'waiting' | 'all') {
  return usePaged<ApprovalView>({
    key: ['approvals', 'list'],
    path: '/approvals',
    filter: { status },
    schema: approvalsPage,
  });
}

/** What waits for a yes that whoever is signed in may give. */
export function useMyRequests(): ApprovalView[] {
  const mayDecide = useCan('approvals.decide');
  const waiting = usePaged<ApprovalView>({
    key: ['approvals', 'list'],
    path: '/approvals',
    filter: { status: 'waiting' },
    schema: approvalsPage,
    enabled: mayDecide,
  });
  return mayDecide ? waiting.items.filter(({ obstacle }) => obstacle === null) : [];
}

/** How many wait. */
export function useWaitingApprovals(): number {
  const mayRead = useCan('approvals.read');
  const waiting = useQuery({
    queryKey: ['approvals', 'waiting'],
    queryFn: ({ signal }) =>
      api.get('/approvals', { query: { status: 'waiting', limit: 1 }, schema: approvalsPage, signal }),
    select: (page) => page.waiting,
    enabled: mayRead,
  });
  return waiting.data ?? 0;
}

/** What somebody has to decide before this run goes on; undefined while that is not known. */
export function useRequestOf(runId: string): ApprovalView | undefined {
  const mayRead = useCan('approvals.read');
  const waiting = useQuery({
    queryKey: ['approvals', 'of-run', runId],
    queryFn: ({ signal }) =>
      api.get('/approvals', { query: { status: 'waiting', runId, limit: 1 }, schema: approvalsPage, signal }),
    enabled: mayRead,
  });
  return waiting.data?.items[0];
}

export function useApproval(id: string) {
  return useQuery({
    queryKey: ['approvals', id],
    queryFn: ({ signal }) => api.get(`/approvals/${id}`, { schema: approvalView, signal }),
  });
}

/** Agrees or says no; with a password where it has to be entered again first. */
export function useDecision(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ password, ...body }: ApprovalDecision & { password?: string | undefined }) => {
      if (password !== undefined) await api.put('/session/confirmation', { body: { password } });
      return api.put(`/approvals/${id}/decision`, { body, schema: approvalView });
    },
    onSuccess: (approval) => {
      client.setQueryData(['approvals', id], approval);
      return renew(client, 'approvals', 'safety', 'workflows', 'runs', 'notifications');
    },
  });
}

/** Takes one's own request back. */
export function useWithdrawal(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(`/approvals/${id}`),
    onSuccess: () => renew(client, 'approvals', 'safety', 'workflows', 'runs'),
  });
}
