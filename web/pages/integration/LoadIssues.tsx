import { CircleCheck, CircleSlash, CircleX } from 'lucide-react';
import type { Load, LoadIssue } from '#contract';
import { useLoadIssues } from '../../api/use-loads.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { LoadingRows } from '../../ui/LoadingRows.tsx';
import { MoreRows } from '../../ui/MoreRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { toNumberText } from '../../ui/words.ts';
import classes from './LoadIssues.module.css';
import { isUnderWay } from './use-live-load.ts';

const columns: Column<LoadIssue>[] = [
  {
    key: 'label',
    header: 'Record',
    cell: (issue) => <strong className={classes.label}>{issue.label}</strong>,
    width: '30%',
  },
  { key: 'kind', header: 'Outcome', cell: (issue) => <Kind kind={issue.kind} />, width: 120 },
  { key: 'reason', header: 'Reason', cell: (issue) => issue.reason },
];

/** Records that a load skipped or could not write, each with its reason. */
export function LoadIssues({ load }: { load: Load }) {
  const issues = useLoadIssues(load.id);
  return (
    <Panel
      title="Skipped and failed records"
      note={issues.total !== undefined && toNumberText(issues.total)}
      flush
    >
      {issues.error && issues.items.length === 0 && (
        <ErrorState error={issues.error} onRetry={() => void issues.refetch()} />
      )}
      {issues.isPending && !issues.error && <LoadingRows rows={3} />}
      {issues.items.length > 0 && (
        <DataTable
          label="Skipped and failed records"
          columns={columns}
          rows={issues.items}
          rowKey={(issue) => String(issue.n)}
        />
      )}
      {issues.total === 0 && (
        <EmptyState icon={CircleCheck} title={isUnderWay(load) ? 'None so far' : 'Every record was written'}>
          Records without a sync key, or that could not be written, are listed here with the reason.
        </EmptyState>
      )}
      <MoreRows
        shown={issues.items.length}
        total={issues.total}
        hasMore={issues.hasNextPage}
        isLoading={issues.isFetchingNextPage}
        onMore={() => void issues.fetchNextPage()}
      />
    </Panel>
  );
}

function Kind({ kind }: { kind: LoadIssue['kind'] }) {
  const isSkipped = kind === 'skipped';
  const Icon = isSkipped ? CircleSlash : CircleX;
  return (
    <span className={classes.kind} data-tone={isSkipped ? 'warning' : 'danger'}>
      <Icon size={14} aria-hidden />
      {isSkipped ? 'Skipped' : 'Failed'}
    </span>
  );
}
