import { Download } from 'lucide-react';
import type { Integration, Load } from '#contract';
import { useLoads } from '../../api/use-loads.ts';
import { CountBar } from '../../ui/CountBar.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PagedRows } from '../../ui/PagedRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toDurationText, toNumberText } from '../../ui/words.ts';
import { tallyParts } from '../integrations/tally-parts.ts';

const columns: Column<Load>[] = [
  { key: 'when', header: 'Started', cell: (load) => <TimeAgo at={load.startedAt} />, width: 150 },
  { key: 'by', header: 'Started by', cell: (load) => load.startedBy, width: 160, from: 'md', isCut: true },
  {
    key: 'read',
    header: 'Read',
    cell: (load) => toNumberText(load.tally.read),
    align: 'right',
    width: 80,
    from: 'sm',
  },
  {
    key: 'tally',
    header: 'Records',
    cell: (load) => <CountBar parts={tallyParts(load.tally)} />,
    isCut: true,
    from: 'sm',
  },
  { key: 'took', header: 'Took', cell: tookOf, width: 110, from: 'lg' },
  { key: 'status', header: 'Status', cell: (load) => <StatusBadge status={load.status} />, width: 200 },
];

/** Every load of an integration, newest first. */
export function LoadHistory({ integration }: { integration: Integration }) {
  const loads = useLoads(integration.id);
  return (
    <Panel title="Loads" note={loads.total !== undefined && toNumberText(loads.total)} flush>
      <PagedRows
        list={loads}
        rows={2}
        empty={
          <EmptyState icon={Download} title="No loads yet">
            {integration.status === 'active'
              ? 'Load users now to read every user of the app. Nothing is changed there.'
              : 'Launch the integration to load users.'}
          </EmptyState>
        }
      >
        {(items) => (
          <DataTable
            label="Loads"
            columns={columns}
            rows={items}
            rowKey={(load) => load.id}
            rowLink={(load) => `/loads/${load.id}`}
          />
        )}
      </PagedRows>
    </Panel>
  );
}

function tookOf({ startedAt, finishedAt }: Load): string {
  return finishedAt ? toDurationText(Date.parse(finishedAt) - Date.parse(startedAt)) : '';
}
