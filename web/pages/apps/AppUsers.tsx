import { Button } from '@mantine/core';
import { SearchX, Users } from 'lucide-react';
import { z } from 'zod';
import { useSaasUsers } from '../../api/use-apps.ts';
import { Choice } from '../../ui/Choice.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { PagedRows } from '../../ui/PagedRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { countOf } from '../../ui/words.ts';
import { ListTools } from '../records/ListTools.tsx';
import { saasUserListColumns } from '../records/record-columns.tsx';
import { useListColumns } from '../records/use-list-columns.ts';
import { useAppFields } from './use-app-fields.ts';

const filterSchema = z.object({
  search: z.string().catch(''),
  status: z.enum(['all', 'active', 'deactivated']).catch('all'),
  activity: z.enum(['any', 'recent', 'inactive', 'unknown']).catch('any'),
  sort: z.string().catch(''),
  filter: z.string().catch(''),
});

const states = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'deactivated', label: 'Deactivated' },
] as const;

const activities = [
  { value: 'any', label: 'Any activity' },
  { value: 'recent', label: 'Recent' },
  { value: 'inactive', label: 'Inactive 90 days' },
  { value: 'unknown', label: 'Unknown' },
] as const;

const usual = ['email', 'roles', 'status', 'last_activity', 'record.person', 'is_deactivated'];

/** Accounts in one app, filtered by state and by how long ago they were used. */
export function AppUsers({ appId }: { appId: string }) {
  const [filter, change] = useFilter(filterSchema);
  const isFiltered =
    filter.search !== '' || filter.status !== 'all' || filter.activity !== 'any' || filter.filter !== '';
  const query = {
    search: filter.search,
    status: filter.status === 'all' ? undefined : filter.status,
    activity: filter.activity === 'any' ? undefined : filter.activity,
    sort: filter.sort,
    filter: filter.filter,
  };
  const users = useSaasUsers(appId, query);
  const list = useListColumns('saas_user', `apps.${appId}`, usual, 'display_name', useAppFields(appId));
  const { columns, minWidth } = saasUserListColumns(list.columns, list.isUsual);
  return (
    <>
      <FilterBar count={users.total !== undefined && countOf(users.total, 'account')}>
        <SearchInput
          label="Search accounts"
          value={filter.search}
          onChange={(search) => change({ search })}
        />
        <Choice
          label="State"
          options={states}
          value={filter.status}
          onChange={(status) => change({ status: status === 'all' ? undefined : status })}
        />
        <Choice
          label="Last activity"
          options={activities}
          value={filter.activity}
          onChange={(activity) => change({ activity: activity === 'any' ? undefined : activity })}
        />
        <ListTools
          {...list}
          onShow={list.setShown}
          filter={filter.filter}
          onFilter={(rules) => change({ filter: rules })}
          file={`/apps/${appId}/users.csv`}
          query={query}
        />
      </FilterBar>
      <Panel flush>
        <PagedRows
          list={users}
          rows={10}
          empty={
            isFiltered ? (
              <NoMatch
                onShowAll={() =>
                  change({ search: undefined, status: undefined, activity: undefined, filter: undefined })
                }
              />
            ) : (
              <NoAccounts />
            )
          }
        >
          {(items) => (
            <DataTable
              label="Accounts"
              columns={columns}
              rows={items}
              rowKey={(user) => user.id}
              rowLink={(user) => `/apps/${appId}/users/${user.id}`}
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
      title="No account matches"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show every account
        </Button>
      }
    >
      Try fewer letters, show every state and activity, or take rules out of the filter.
    </EmptyState>
  );
}

function NoAccounts() {
  return (
    <EmptyState
      icon={Users}
      title="No accounts yet"
      action={<LinkButton to="/integrations">Open integrations</LinkButton>}
    >
      Accounts arrive here when a load finds them in the app.
    </EmptyState>
  );
}
