import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { type approvalLinkDecision, approvalLinkView } from '#contract';
import { api } from './client.ts';

const keyOf = (token: string) => ['approvals', 'linked', token] as const;

/** The question behind the link of an e-mail. */
export function useLinkedQuestion(token: string) {
  return useQuery({
    queryKey: keyOf(token),
    queryFn: () => api.post('/approval-links/look', { body: { token }, schema: approvalLinkView }),
    enabled: token !== '',
    retry: false,
  });
}

/** Answers it. */
export function useAnswer(token: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<z.input<typeof approvalLinkDecision>, 'token'>) =>
      api.post('/approval-links/decision', { body: { ...body, token }, schema: approvalLinkView }),
    onSuccess: (view) => client.setQueryData(keyOf(token), view),
    onError: () => client.invalidateQueries({ queryKey: keyOf(token) }),
  });
}
