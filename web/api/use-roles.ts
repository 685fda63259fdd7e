import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { rolesList } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';

const rolesQuery = {
  queryKey: ['roles'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get('/roles', { schema: rolesList, signal }),
};

/** Names of the roles that people of the organisation have. */
export function useRoles() {
  return useQuery({ ...rolesQuery, select: (list) => list.items.map(({ name }) => name) });
}

/** The same, with who has them and which integrations give them. */
export function useRoleList() {
  return useQuery({ ...rolesQuery, select: (list) => list.items });
}

/** Adds a role, or gives one another name: people and mappings follow. */
export function useSaveRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ old, name }: { old: string | null; name: string }) =>
      old === null
        ? api.post('/roles', { body: { name }, schema: rolesList })
        : api.patch(`/roles/${encodeURIComponent(old)}`, { body: { name }, schema: rolesList }),
    onSuccess: () => renew(client, 'roles', 'people', 'integrations'),
  });
}

/** Removes a role; whoever has it gets the replacement. */
export function useRemoveRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, replacement }: { name: string; replacement: string | null }) =>
      api.delete(`/roles/${encodeURIComponent(name)}`, { query: { replacement }, schema: rolesList }),
    onSuccess: () => renew(client, 'roles', 'people', 'integrations'),
  });
}
