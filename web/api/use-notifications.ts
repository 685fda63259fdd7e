import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notificationsPage } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

export function useNotifications() {
  return useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) =>
      api.get('/notifications', { query: { limit: 50 }, schema: notificationsPage, signal }),
  });
}

export function useReadNotification() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.put(`/notifications/${id}/read`),
    onSuccess: () => renew(client, 'notifications'),
  });
}

export function useReadAllNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.put('/notifications/read'),
    onSuccess: () => renew(client, 'notifications'),
  });
}
