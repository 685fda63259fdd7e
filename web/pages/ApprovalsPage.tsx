import { SegmentedControl } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { z } from 'zod';
import type { ApprovalView } from '#contract';
import { useApprovals } from '../api/use-approvals.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { PagedRows } from '../ui/PagedRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { kindWords, stateLooks } from './approvals/approval-words.ts';

const filterSchema = z.object({ show: z.enum(['waiting', 'all']).catch('waiting') });

const columns: Column<ApprovalView>[] = [
  { key: 'title', header: 'Asked', cell: ({ title }) => title, isCut: true },
  { key: 'kind', header: 'About', cell: ({ kind }) => kindWords[kind], width: 190, from: 'md' },
  {
    key: 'by',
    header: 'By',
    cell: ({ requestedByName }) => requestedByName,
    width: 160,
    from: 'sm',
    isCut: true,
  },
  {
    key: 'when',
    header: 'When',
    cell: ({ requestedAt }) => <TimeAgo at={requestedAt} />,
    width: 130,
    from: 'sm',
  },
  {
    key: 'state',
    header: 'State',
    width: 170,
    cell: ({ status }) => <StatusBadge status={stateLooks[status].status} word={stateLooks[status].word} />,
  },
];

/** What waits for a second person, and what was decided. */
export function ApprovalsPage() {
  const [{ show }, change] = useFilter(filterSchema);
  const approvals = useApprovals(show);
  return (
    <>
      <PageHeader
        title="Approvals"
        summary="What somebody asked for and somebody else has to agree to. Nothing of it happens before."
      />
      <FilterBar count={approvals.total !== undefined && countOf(approvals.total, 'request')}>
        <SegmentedControl
          aria-label="Which requests"
          data={[
            { value: 'waiting', label: 'Waiting' },
            { value: 'all', label: 'All' },
          ]}
          value={show}
          onChange={(value) => change({ show: value as 'waiting' | 'all' })}
        />
      </FilterBar>
      <Panel flush>
        <PagedRows
          list={approvals}
          rows={5}
          empty={
            <EmptyState
              icon={ShieldCheck}
              title={show === 'waiting' ? 'Nothing waits' : 'Nothing was asked yet'}
            >
              Runs above a limit, versions that delete or disable, and looser safety settings ask here first.
            </EmptyState>
          }
        >
          {(items) => (
            <DataTable
              label="Requests"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
              rowLink={({ id }) => `/approvals/${id}`}
            />
          )}
        </PagedRows>
      </Panel>
    </>
  );
}
