import { useQuery } from '@tanstack/react-query';
import { type Person, peoplePage, personDetails } from '#contract';
import { api } from './client.ts';
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

export { useRoles } from './use-roles.ts';
