import { useQuery } from '@tanstack/react-query';
import {
  type PlannedEffect,
  type PlannedKind,
  planComparison,
  plannedEffectsPage,
  planSchema,
  runsPage,
  type SkipCode,
} from '#contract';
import { api } from './client.ts';
import { usePaged } from './use-paged.ts';

/** What a dry run comes to; `isOver` says that it has ended, and then its numbers stay as they are. */
export function usePlan(runId: string, isOver: boolean) {
  return useQuery({
    queryKey: ['runs', runId, 'plan', isOver],
    queryFn: ({ signal }) => api.get(`/runs/${runId}/plan`, { schema: planSchema, signal }),
    placeholderData: (before) => before,
  });
}

export type PlanFilter = {
  kind?: PlannedKind | undefined;
  skip?: SkipCode | undefined;
  search?: string | undefined;
};

export function usePlannedEffects(runId: string, filter: PlanFilter, isOver: boolean) {
  return usePaged<PlannedEffect>({
    key: ['runs', runId, 'plan', 'effects', isOver],
    path: `/runs/${runId}/plan/effects`,
    filter,
    schema: plannedEffectsPage,
  });
}

/** The dry run of the same workflow before this one; null where there is none. */
export function useEarlierPlan(workflowId: string, runId: string) {
  return useQuery({
    queryKey: ['runs', 'plans', workflowId],
    queryFn: ({ signal }) =>
      api.get('/runs', { query: { workflowId, mode: 'plan', limit: 20 }, schema: runsPage, signal }),
    select: ({ items }) => {
      const at = items.findIndex(({ id }) => id === runId);
      return at < 0 ? null : (items.slice(at + 1).find(({ status }) => status === 'succeeded') ?? null);
    },
  });
}

export function usePlanComparison(runId: string, earlierId: string | null) {
  return useQuery({
    queryKey: ['runs', runId, 'plan', 'comparison', earlierId],
    queryFn: ({ signal }) =>
      api.get(`/runs/${runId}/plan/comparison`, {
        query: { with: earlierId, limit: 100 },
        schema: planComparison,
        signal,
      }),
    enabled: earlierId !== null,
  });
}

/** Where a browser downloads the whole plan. */
export const planFile = (runId: string, as: 'csv' | 'json'): string =>
  `/api/v1/runs/${runId}/plan/effects.${as}`;
