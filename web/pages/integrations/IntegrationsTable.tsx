import type { Integration } from '#contract';
import { CountBar } from '../../ui/CountBar.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { modeWords } from './load-words.ts';
import { tallyParts } from './tally-parts.ts';

const columns: Column<Integration>[] = [
  { key: 'name', header: 'Name', cell: (one) => one.name, isCut: true, width: '24%' },
  { key: 'state', header: 'State', cell: (one) => <StatusBadge status={one.status} />, width: 110 },
  { key: 'mode', header: 'Mode', cell: (one) => modeWords[one.mode].label, width: 170, from: 'md' },
  {
    key: 'tally',
    header: 'Last load',
    cell: ({ lastLoad }) => (lastLoad ? <CountBar parts={tallyParts(lastLoad.tally)} /> : 'Never'),
    isCut: true,
    from: 'sm',
  },
  {
    key: 'status',
    header: 'Result',
    cell: ({ lastLoad }) => lastLoad && <StatusBadge status={lastLoad.status} />,
    width: 190,
    from: 'md',
  },
  {
    key: 'when',
    header: 'Loaded',
    cell: ({ lastLoad }) => <TimeAgo at={lastLoad?.startedAt ?? null} />,
    width: 130,
  },
];

/** The list view of integrations. */
export function IntegrationsTable({ integrations }: { integrations: readonly Integration[] }) {
  return (
    <Panel flush>
      <DataTable
        label="Integrations"
        columns={columns}
        rows={integrations}
        rowKey={(one) => one.id}
        rowLink={(one) => `/integrations/${one.id}`}
      />
    </Panel>
  );
}
