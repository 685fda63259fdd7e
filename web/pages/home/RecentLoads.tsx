import type { Load } from '#contract';
import { useIntegrations } from '../../api/use-integrations.ts';
import { CountBar } from '../../ui/CountBar.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { tallyParts } from '../integrations/tally-parts.ts';

interface Row {
  name: string;
  load: Load;
}

const columns: Column<Row>[] = [
  { key: 'name', header: 'Integration', cell: ({ name }) => name, isCut: true, width: '26%' },
  {
    key: 'tally',
    header: 'Records',
    cell: ({ load }) => <CountBar parts={tallyParts(load.tally)} />,
    isCut: true,
    from: 'sm',
  },
  {
    key: 'when',
    header: 'Started',
    cell: ({ load }) => <TimeAgo at={load.startedAt} />,
    width: 130,
    from: 'sm',
  },
  { key: 'status', header: 'Status', cell: ({ load }) => <StatusBadge status={load.status} />, width: 200 },
];

/** The last load of each integration. */
export function RecentLoads() {
  return (
    <Panel
      title="Recent loads"
      action={
        <LinkButton to="/integrations" variant="subtle" size="compact-sm">
          Show integrations
        </LinkButton>
      }
      flush
    >
      <Loaded query={useIntegrations()} rows={2}>
        {(integrations) => (
          <DataTable
            label="Recent loads"
            columns={columns}
            rows={integrations.flatMap(({ name, lastLoad }) => (lastLoad ? [{ name, load: lastLoad }] : []))}
            rowKey={({ load }) => load.id}
            rowLink={({ load }) => `/loads/${load.id}`}
          />
        )}
      </Loaded>
    </Panel>
  );
}
