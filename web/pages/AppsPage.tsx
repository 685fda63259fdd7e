import { AppWindow } from 'lucide-react';
import type { App } from '#contract';
import { useApps } from '../api/use-apps.ts';
import { useVendors } from '../api/use-vendors.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { toNumberText } from '../ui/words.ts';

/** Each connected SaaS app, with the accounts in it. */
export function AppsPage() {
  const vendors = useVendors().data ?? [];
  const titleOf = (id: string): string => vendors.find((vendor) => vendor.id === id)?.title ?? id;
  const columns: Column<App>[] = [
    { key: 'name', header: 'App', cell: (app) => app.name, isCut: true },
    { key: 'vendor', header: 'Vendor', cell: (app) => titleOf(app.vendorId), from: 'sm' },
    { key: 'users', header: 'Users', cell: (app) => toNumberText(app.userCount), align: 'right', width: 110 },
    {
      key: 'gone',
      header: 'Deactivated',
      cell: (app) => toNumberText(app.deactivatedCount),
      align: 'right',
      width: 120,
    },
    {
      key: 'since',
      header: 'Connected',
      cell: (app) => <TimeAgo at={app.createdAt} />,
      width: 150,
      from: 'sm',
    },
  ];
  return (
    <>
      <PageHeader
        title="Apps"
        summary="Each connected SaaS app, with every account that loads have found in it."
      />
      <Panel flush>
        <Loaded query={useApps()} rows={3}>
          {(apps) =>
            apps.length > 0 ? (
              <DataTable
                label="Apps"
                columns={columns}
                rows={apps}
                rowKey={(app) => app.id}
                rowLink={(app) => `/apps/${app.id}`}
              />
            ) : (
              <EmptyState
                icon={AppWindow}
                title="No apps yet"
                action={<LinkButton to="/integrations">Open integrations</LinkButton>}
              >
                An app appears here with the first load in the mode User plus SaaS user.
              </EmptyState>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}
