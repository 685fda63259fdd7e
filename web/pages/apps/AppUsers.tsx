import { SearchX } from 'lucide-react';
import { z } from 'zod';
import { type SaasUserRow, useSaasUsers } from '../../api/use-apps.ts';
import { Choice } from '../../ui/Choice.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { LoadingRows } from '../../ui/LoadingRows.tsx';
import { MoreRows } from '../../ui/MoreRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { useFilter } from '../../ui/use-filter.ts';
import { countOf } from '../../ui/words.ts';
import { Activity } from '../records/Activity.tsx';

const filterSchema = z.object({
  search: z.string().catch(''),
  status: z.enum(['all', 'active', 'deactivated']).catch('all'),
  activity: z.enum(['any', 'recent', 'inactive', 'unknown']).catch('any'),
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

const columns: Column<SaasUserRow>[] = [
  {
    key: 'name',
    header: 'Display name',
    cell: (user) => user.displayName || user.email,
    isCut: true,
    width: '18%',
  },
  { key: 'email', header: 'E-mail', cell: (user) => user.email, isCut: true, from: 'sm' },
  { key: 'roles', header: 'Roles', cell: (user) => user.roles.join(', ') || '—', isCut: true, from: 'lg' },
  { key: 'status', header: 'Status', cell: (user) => user.status || '—', width: 110, from: 'md' },
  {
    key: 'activity',
    header: 'Last activity',
    cell: (user) => <Activity at={user.lastActivity} />,
    width: 130,
  },
  {
    key: 'person',
    header: 'Person',
    cell: (user) =>
      user.personId ? (
        <RouteLink to={`/people/${user.personId}`}>{user.personName ?? 'Open'}</RouteLink>
      ) : (
        'Not matched'
      ),
    isCut: true,
    from: 'md',
  },
  {
    key: 'state',
    header: 'State',
    cell: (user) => <StatusBadge status={user.isDeactivated ? 'deactivated' : 'active'} />,
    width: 130,
  },
];

/** Accounts in one app, filtered by state and by how long ago they were used. */
export function AppUsers({ appId }: { appId: string }) {
  const [filter, change] = useFilter(filterSchema);
  const users = useSaasUsers(appId, {
    search: filter.search,
    status: filter.status === 'all' ? undefined : filter.status,
    activity: filter.activity === 'any' ? undefined : filter.activity,
  });
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
      </FilterBar>
      <Panel flush>
        {users.error && users.items.length === 0 && (
          <ErrorState error={users.error} onRetry={() => void users.refetch()} />
        )}
        {users.isPending && !users.error && <LoadingRows rows={10} />}
        {users.items.length > 0 && (
          <DataTable
            label="Accounts"
            columns={columns}
            rows={users.items}
            rowKey={(user) => user.id}
            rowLink={(user) => `/apps/${appId}/users/${user.id}`}
          />
        )}
        {users.total === 0 && (
          <EmptyState icon={SearchX} title="No account matches">
            Try fewer letters, or show every state and activity.
          </EmptyState>
        )}
        <MoreRows
          shown={users.items.length}
          total={users.total}
          hasMore={users.hasNextPage}
          isLoading={users.isFetchingNextPage}
          onMore={() => void users.fetchNextPage()}
        />
      </Panel>
    </>
  );
}
