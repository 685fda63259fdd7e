import { Select } from '@mantine/core';
import { Play } from 'lucide-react';
import { z } from 'zod';
import { type RunStatus, runStatuses } from '#contract';
import { useRuns } from '../api/use-runs.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { LoadingRows } from '../ui/LoadingRows.tsx';
import { MoreRows } from '../ui/MoreRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { statusLooks } from '../ui/statuses.ts';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { MissedStarts } from './runs/MissedStarts.tsx';
import { RunsTable } from './runs/RunsTable.tsx';

const filterSchema = z.object({
  status: z.enum(runStatuses).optional().catch(undefined),
  workflowId: z.string().optional().catch(undefined),
});

/** What workflows did and are doing. */
export function RunsPage() {
  const [filter, change] = useFilter(filterSchema);
  const workflows = useWorkflows().data ?? [];
  const runs = useRuns(filter);
  const isFiltered = filter.status !== undefined || filter.workflowId !== undefined;
  return (
    <>
      <PageHeader title="Runs" summary="What workflows did to each record, step by step." />
      <MissedStarts />
      <FilterBar count={runs.total !== undefined && countOf(runs.total, 'run')}>
        <Select
          aria-label="Workflow"
          placeholder="Every workflow"
          clearable
          searchable
          w={240}
          data={workflows.map((workflow) => ({ value: workflow.id, label: workflow.name }))}
          value={filter.workflowId ?? null}
          onChange={(workflowId) => change({ workflowId: workflowId ?? undefined })}
        />
        <Select
          aria-label="Status"
          placeholder="Every status"
          clearable
          w={180}
          data={runStatuses.map((status) => ({ value: status, label: statusLooks[status].word }))}
          value={filter.status ?? null}
          onChange={(status) => change({ status: (status as RunStatus | null) ?? undefined })}
        />
      </FilterBar>
      <Panel flush>
        {runs.error && runs.items.length === 0 && (
          <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />
        )}
        {runs.isPending && !runs.error && <LoadingRows rows={8} />}
        {runs.items.length > 0 && <RunsTable runs={runs.items} />}
        {runs.total === 0 && (
          <EmptyState
            icon={Play}
            title={isFiltered ? 'No run matches' : 'No runs yet'}
            action={!isFiltered && <LinkButton to="/workflows">Open workflows</LinkButton>}
          >
            {isFiltered
              ? 'Choose another workflow or status.'
              : 'Start a launched workflow to see here what it does to each record.'}
          </EmptyState>
        )}
        <MoreRows
          shown={runs.items.length}
          total={runs.total}
          hasMore={runs.hasNextPage}
          isLoading={runs.isFetchingNextPage}
          onMore={() => void runs.fetchNextPage()}
        />
      </Panel>
    </>
  );
}
