import { SearchX } from 'lucide-react';
import type { WorkflowSummary } from '#contract';
import { useApps } from '../../api/use-apps.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { LastRun } from './LastRun.tsx';
import { WorkflowMenu } from './WorkflowMenu.tsx';

/** Workflows with their state and their last run. */
export function WorkflowsTable({ workflows }: { workflows: readonly WorkflowSummary[] }) {
  const apps = useApps().data ?? [];
  const recordsOf = ({ records }: WorkflowSummary): string => {
    if (records.kind === 'people') return 'People';
    return `${apps.find((app) => app.id === records.appId)?.name ?? 'App'} users`;
  };
  const columns: Column<WorkflowSummary>[] = [
    { key: 'name', header: 'Name', cell: (workflow) => workflow.name, isCut: true, width: '30%' },
    { key: 'state', header: 'Status', cell: (workflow) => <State workflow={workflow} />, width: 200 },
    { key: 'records', header: 'Runs over', cell: recordsOf, width: 160, from: 'md', isCut: true },
    {
      key: 'blocks',
      header: 'Blocks',
      cell: (workflow) => workflow.blockCount,
      align: 'right',
      width: 80,
      from: 'lg',
    },
    {
      key: 'run',
      header: 'Last run',
      cell: ({ lastRun }) =>
        lastRun ? (
          <RouteLink to={`/runs/${lastRun.id}`}>
            <LastRun run={lastRun} />
          </RouteLink>
        ) : (
          'Never'
        ),
      from: 'sm',
    },
    {
      key: 'next',
      header: 'Next run',
      cell: ({ nextRunAt }) => <TimeAgo at={nextRunAt} otherwise="By hand" />,
      width: 120,
      from: 'md',
    },
    {
      key: 'changed',
      header: 'Changed',
      cell: (workflow) => <TimeAgo at={workflow.updatedAt} />,
      width: 130,
      from: 'lg',
    },
    {
      key: 'more',
      header: '',
      cell: (workflow) => <WorkflowMenu workflow={workflow} />,
      width: 52,
      align: 'right',
    },
  ];
  if (workflows.length === 0) {
    return (
      <EmptyState icon={SearchX} title="No workflow matches">
        Try fewer letters.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Workflows"
      columns={columns}
      rows={workflows}
      rowKey={(workflow) => workflow.id}
      rowLink={(workflow) => `/workflows/${workflow.id}`}
    />
  );
}

function State({ workflow }: { workflow: WorkflowSummary }) {
  if (!workflow.activeVersion) return <StatusBadge status="inactive" />;
  return <StatusBadge status="active" word={`Active, version ${workflow.activeVersion.number}`} />;
}
