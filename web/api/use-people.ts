import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Person, peoplePage, personDetails } from '#contract';
import { api } from './client.ts';
import { renew } from './keys.ts';
import { type ListFilter, usePaged } from './use-paged.ts';

export function usePeople(filter: ListFilter = {}, enabled = true) {
  return usePaged<Person>({ key: ['people', 'list'], path: '/people', filter, schema: peoplePage, enabled });
}

export function usePerson(id: string) {
  return useQuery({
    queryKey: ['people', id],
    queryFn: ({ signal }) => api.get(`/people/${id}`, { schema: personDetails, signal }),
  });
}

/** Sets values by external id; an empty one takes the value away. */
export function useChangePerson(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      api.patch(`/people/${id}`, { body: { values }, schema: personDetails }),
    onSuccess: () => renew(client, 'people', 'apps', 'roles', 'overview'),
  });
}
