import { SegmentedControl } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { z } from 'zod';
import { useApprovals } from '../api/use-approvals.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { PagedRows } from '../ui/PagedRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { RequestsTable } from './approvals/RequestsTable.tsx';

const filterSchema = z.object({ show: z.enum(['waiting', 'all']).catch('waiting') });

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
          {(items) => <RequestsTable requests={items} />}
        </PagedRows>
      </Panel>
    </>
  );
}
