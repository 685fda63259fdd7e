import { Select } from '@mantine/core';
import { Play } from 'lucide-react';
import { z } from 'zod';
import { type RunStatus, runModes, runStatuses } from '#contract';
import { useRuns } from '../api/use-runs.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { Choice } from '../ui/Choice.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { PagedRows } from '../ui/PagedRows.tsx';
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
  mode: z.enum(runModes).optional().catch(undefined),
});

/** What workflows did and are doing. */
export function RunsPage() {
  const [filter, change] = useFilter(filterSchema);
  const workflows = useWorkflows().data ?? [];
  const runs = useRuns(filter);
  const arePlans = filter.mode === 'plan';
  const isFiltered = filter.status !== undefined || filter.workflowId !== undefined;
  return (
    <>
      <PageHeader title="Runs" summary="What workflows did to each record, step by step." />
      <MissedStarts />
      <FilterBar count={runs.total !== undefined && countOf(runs.total, arePlans ? 'dry run' : 'run')}>
        <Choice
          label="Which runs"
          options={[
            { value: 'run', label: 'Runs' },
            { value: 'plan', label: 'Dry runs' },
          ]}
          value={filter.mode ?? 'run'}
          onChange={(mode) => change({ mode: mode === 'run' ? undefined : mode })}
        />
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
        <PagedRows
          list={runs}
          rows={8}
          empty={
            <EmptyState
              icon={Play}
              title={emptyTitle(isFiltered, arePlans)}
              action={!isFiltered && <LinkButton to="/workflows">Open workflows</LinkButton>}
            >
              {emptyWords(isFiltered, arePlans)}
            </EmptyState>
          }
        >
          {(items) => <RunsTable runs={items} />}
        </PagedRows>
      </Panel>
    </>
  );
}

function emptyTitle(isFiltered: boolean, arePlans: boolean): string {
  if (isFiltered) return 'No run matches';
  return arePlans ? 'No dry runs yet' : 'No runs yet';
}

function emptyWords(isFiltered: boolean, arePlans: boolean): string {
  if (isFiltered) return 'Choose another workflow or status.';
  if (arePlans) return 'A dry run reads what a run would read, changes nothing, and ends with a plan.';
  return 'Start a launched workflow to see here what it does to each record.';
}
