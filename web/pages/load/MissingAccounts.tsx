import type { MissingAccount } from '#contract';
import { useMissingAccounts } from '../../api/use-loads.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { PagedRows } from '../../ui/PagedRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toNumberText } from '../../ui/words.ts';

const columns: Column<MissingAccount>[] = [
  {
    key: 'name',
    header: 'Account',
    cell: ({ displayName, email, identifier }) => displayName || email || identifier,
    isCut: true,
    width: '30%',
  },
  { key: 'email', header: 'E-mail', cell: ({ email }) => email || '—', isCut: true, from: 'sm' },
  { key: 'identifier', header: 'Identifier', cell: ({ identifier }) => identifier, isCut: true, from: 'md' },
  { key: 'seen', header: 'Last listed', cell: ({ lastSeenAt }) => <TimeAgo at={lastSeenAt} />, width: 130 },
];

/** The accounts that a held load did not list: whom a decision is about. */
export function MissingAccounts({ loadId, appId }: { loadId: string; appId: string }) {
  const accounts = useMissingAccounts(loadId);
  return (
    <Panel title="Missing accounts" note={accounts.total !== undefined && toNumberText(accounts.total)} flush>
      <PagedRows list={accounts} rows={3}>
        {(items) => (
          <DataTable
            label="Missing accounts"
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            rowLink={({ id }) => `/apps/${appId}/users/${id}`}
          />
        )}
      </PagedRows>
    </Panel>
  );
}
