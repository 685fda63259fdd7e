import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { appSchema, appsList, saasUserDetails, saasUsersPage } from '#contract';
import { api } from './client.ts';
import { type ListFilter, usePaged } from './use-paged.ts';

export type SaasUserRow = z.infer<typeof saasUsersPage>['items'][number];

export function useApps() {
  return useQuery({
    queryKey: ['apps', 'list'],
    queryFn: ({ signal }) => api.get('/apps', { schema: appsList, signal }),
    select: (list) => list.items,
  });
}

export function useApp(id: string) {
  return useQuery({
    queryKey: ['apps', id],
    queryFn: ({ signal }) => api.get(`/apps/${id}`, { schema: appSchema, signal }),
  });
}

export function useSaasUsers(appId: string, filter: ListFilter = {}) {
  return usePaged<SaasUserRow>({
    key: ['apps', appId, 'users'],
    path: `/apps/${appId}/users`,
    filter,
    schema: saasUsersPage,
  });
}

export function useSaasUser(appId: string, userId: string) {
  return useQuery({
    queryKey: ['apps', appId, 'users', 'one', userId],
    queryFn: ({ signal }) => api.get(`/apps/${appId}/users/${userId}`, { schema: saasUserDetails, signal }),
  });
}
