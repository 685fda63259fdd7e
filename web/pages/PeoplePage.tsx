import { SearchX, Users } from 'lucide-react';
import { z } from 'zod';
import type { Person } from '#contract';
import { usePeople } from '../api/use-people.ts';
import { Choice } from '../ui/Choice.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { LoadingRows } from '../ui/LoadingRows.tsx';
import { MoreRows } from '../ui/MoreRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { nameOf } from '../ui/person-name.ts';
import { SearchInput } from '../ui/SearchInput.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';

const filterSchema = z.object({
  search: z.string().catch(''),
  status: z.enum(['all', 'active', 'deactivated']).catch('all'),
});

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'deactivated', label: 'Deactivated' },
] as const;

const columns: Column<Person>[] = [
  { key: 'name', header: 'Name', cell: nameOf, isCut: true, width: '26%' },
  { key: 'email', header: 'E-mail', cell: (person) => person.email, isCut: true, from: 'sm' },
  { key: 'role', header: 'Role', cell: (person) => person.role, from: 'md' },
  { key: 'status', header: 'Status', cell: (person) => <StatusBadge status={person.status} />, width: 140 },
  {
    key: 'changed',
    header: 'Changed',
    cell: (person) => <TimeAgo at={person.updatedAt} />,
    from: 'sm',
    width: 140,
  },
];

/** Everybody the organisation keeps a record of. */
export function PeoplePage() {
  const [filter, change] = useFilter(filterSchema);
  const isFiltered = filter.search !== '' || filter.status !== 'all';
  const people = usePeople({
    search: filter.search,
    status: filter.status === 'all' ? undefined : filter.status,
  });
  return (
    <>
      <PageHeader
        title="People"
        summary="Everybody the organisation keeps a record of, and the accounts they have."
      />
      <FilterBar count={people.total !== undefined && countOf(people.total, 'person', 'people')}>
        <SearchInput label="Search people" value={filter.search} onChange={(search) => change({ search })} />
        <Choice
          label="Status"
          options={statuses}
          value={filter.status}
          onChange={(status) => change({ status: status === 'all' ? undefined : status })}
        />
      </FilterBar>
      <Panel flush>
        {people.error && people.items.length === 0 && (
          <ErrorState error={people.error} onRetry={() => void people.refetch()} />
        )}
        {people.isPending && !people.error && <LoadingRows rows={10} />}
        {people.items.length > 0 && (
          <DataTable
            label="People"
            columns={columns}
            rows={people.items}
            rowKey={(person) => person.id}
            rowLink={(person) => `/people/${person.id}`}
          />
        )}
        {people.total === 0 && (isFiltered ? <NoMatch /> : <NoPeople />)}
        <MoreRows
          shown={people.items.length}
          total={people.total}
          hasMore={people.hasNextPage}
          isLoading={people.isFetchingNextPage}
          onMore={() => void people.fetchNextPage()}
        />
      </Panel>
    </>
  );
}

function NoMatch() {
  return (
    <EmptyState icon={SearchX} title="Nobody matches">
      Try fewer letters, or show every status.
    </EmptyState>
  );
}

function NoPeople() {
  return (
    <EmptyState
      icon={Users}
      title="No people yet"
      action={<LinkButton to="/integrations">Open integrations</LinkButton>}
    >
      People arrive here when an integration loads the users of an app.
    </EmptyState>
  );
}
