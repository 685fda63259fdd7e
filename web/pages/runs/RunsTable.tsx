import type { Run } from '#contract';
import { CountBar } from '../../ui/CountBar.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { partsOf } from './run-parts.ts';

const columns: Column<Run>[] = [
  { key: 'workflow', header: 'Workflow', cell: (run) => run.workflowName, isCut: true, width: '26%' },
  { key: 'version', header: 'Version', cell: (run) => run.versionNumber, width: 80, from: 'md' },
  {
    key: 'records',
    header: 'Records',
    cell: (run) => <CountBar parts={partsOf(run.counts)} />,
    isCut: true,
    from: 'sm',
  },
  { key: 'by', header: 'Started by', cell: (run) => run.startedBy, width: 150, from: 'lg' },
  { key: 'when', header: 'Started', cell: (run) => <TimeAgo at={run.startedAt} />, width: 130, from: 'sm' },
  {
    key: 'status',
    header: 'Status',
    cell: (run) =>
      run.isCancelling ? (
        <StatusBadge status="running" word="Cancelling" />
      ) : (
        <StatusBadge status={run.status} />
      ),
    width: 150,
  },
];

/** Runs with what became of their records. */
export function RunsTable({ runs }: { runs: readonly Run[] }) {
  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      rowLink={(run) => `/runs/${run.id}`}
    />
  );
}
