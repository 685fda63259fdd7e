import { Play } from 'lucide-react';
import type { PersonDetails } from '#contract';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';

type RecordRun = PersonDetails['runs'][number];

const columns: Column<RecordRun>[] = [
  { key: 'workflow', header: 'Workflow', cell: (run) => run.workflowName, isCut: true },
  {
    key: 'status',
    header: 'This record',
    cell: (run) => <StatusBadge status={run.record.status} />,
    width: 150,
  },
  {
    key: 'why',
    header: 'Reason',
    cell: (run) => run.record.error ?? '',
    isCut: true,
    from: 'md',
  },
  { key: 'when', header: 'Started', cell: (run) => <TimeAgo at={run.startedAt} />, width: 130 },
];

/** The runs that a record went through; a row opens the record in its run. */
export function RecordRuns({ runs }: { runs: readonly RecordRun[] }) {
  if (runs.length === 0) {
    return (
      <EmptyState icon={Play} title="No runs yet">
        Every workflow run that goes over this record is listed here.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Runs of this record"
      columns={columns}
      rows={runs}
      rowKey={(run) => run.runId}
      rowLink={(run) => `/runs/${run.runId}?record=${run.record.n}`}
    />
  );
}
