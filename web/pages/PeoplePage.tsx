import { Button } from '@mantine/core';
import { SearchX, Users } from 'lucide-react';
import { z } from 'zod';
import { usePeople } from '../api/use-people.ts';
import { Choice } from '../ui/Choice.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { PagedRows } from '../ui/PagedRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { ListTools } from './records/ListTools.tsx';
import { personListColumns } from './records/record-columns.tsx';
import { useListColumns } from './records/use-list-columns.ts';

const filterSchema = z.object({
  search: z.string().catch(''),
  status: z.enum(['all', 'active', 'deactivated']).catch('all'),
  sort: z.string().catch(''),
  filter: z.string().catch(''),
});

const statuses = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'deactivated', label: 'Deactivated' },
] as const;

const usual = ['email', 'role', 'status', 'record.updated_at'];

/** Everybody the organisation keeps a record of. */
export function PeoplePage() {
  const [filter, change] = useFilter(filterSchema);
  const isFiltered = filter.search !== '' || filter.status !== 'all' || filter.filter !== '';
  const query = {
    search: filter.search,
    status: filter.status === 'all' ? undefined : filter.status,
    sort: filter.sort,
    filter: filter.filter,
  };
  const people = usePeople(query);
  const list = useListColumns('person', 'people', usual, 'record.name');
  const { columns, minWidth } = personListColumns(list.columns, list.isUsual);
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
        <ListTools
          {...list}
          onShow={list.setShown}
          filter={filter.filter}
          onFilter={(rules) => change({ filter: rules })}
          file="/people.csv"
          query={query}
        />
      </FilterBar>
      <Panel flush>
        <PagedRows
          list={people}
          rows={10}
          empty={
            isFiltered ? (
              <NoMatch
                onShowAll={() => change({ search: undefined, status: undefined, filter: undefined })}
              />
            ) : (
              <NoPeople />
            )
          }
        >
          {(items) => (
            <DataTable
              label="People"
              columns={columns}
              rows={items}
              rowKey={(person) => person.id}
              rowLink={(person) => `/people/${person.id}`}
              sort={filter.sort || 'email'}
              onSort={(sort) => change({ sort })}
              {...(minWidth && { minWidth })}
            />
          )}
        </PagedRows>
      </Panel>
    </>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="Nobody matches"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show everybody
        </Button>
      }
    >
      Try fewer letters, show every status, or take rules out of the filter.
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
