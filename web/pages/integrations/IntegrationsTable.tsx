import type { Integration } from '#contract';
import { CountBar } from '../../ui/CountBar.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toIntegrationState } from './integration-state.ts';
import { modeWords } from './load-words.ts';
import { NextLoad } from './NextLoad.tsx';
import { tallyParts } from './tally-parts.ts';

const columns: Column<Integration>[] = [
  { key: 'name', header: 'Name', cell: (one) => one.name, isCut: true, width: '24%' },
  {
    key: 'state',
    header: 'State',
    cell: (one) => <StatusBadge {...toIntegrationState(one)} />,
    width: 150,
  },
  { key: 'mode', header: 'Mode', cell: (one) => modeWords[one.mode].label, width: 170, from: 'lg' },
  {
    key: 'tally',
    header: 'Records of the last load',
    cell: ({ lastLoad }) => lastLoad && <CountBar parts={tallyParts(lastLoad.tally)} />,
    isCut: true,
    from: 'sm',
  },
  {
    key: 'last',
    header: 'Last load',
    cell: ({ lastLoad }) => <TimeAgo at={lastLoad?.startedAt ?? null} otherwise="Never" />,
    width: 130,
    from: 'md',
  },
  { key: 'next', header: 'Next load', cell: (one) => <NextLoad integration={one} />, width: 120, from: 'sm' },
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
