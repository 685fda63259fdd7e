import { Button, Select } from '@mantine/core';
import { Archive, CircleCheck, CircleSlash, CircleX, Download, SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Load, type LoadIssue, loadIssueKinds } from '#contract';
import { useLoadIssues } from '../../api/use-loads.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { PagedRows } from '../../ui/PagedRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { toNumberText } from '../../ui/words.ts';
import { isUnderWay } from '../integration/use-live-load.ts';
import classes from './LoadIssues.module.css';

const columns: Column<LoadIssue>[] = [
  {
    key: 'label',
    header: 'Record',
    cell: (issue) => (
      <>
        <strong className={classes.label}>{issue.label}</strong>
        <span className={classes.below}>
          <Kind kind={issue.kind} /> {issue.reason}
        </span>
      </>
    ),
    width: '30%',
  },
  { key: 'kind', header: 'Outcome', cell: (issue) => <Kind kind={issue.kind} />, width: 120, from: 'sm' },
  { key: 'reason', header: 'Reason', cell: (issue) => issue.reason, from: 'sm' },
];

const words = { skipped: 'Skipped', failed: 'Failed' } as const;
type Outcome = LoadIssue['kind'];

/** Records that a load skipped or could not write, each with its reason; to be filtered and downloaded. */
export function LoadIssues({ load }: { load: Load }) {
  const [kind, setKind] = useState<Outcome | null>(null);
  const [search, setSearch] = useState('');
  const issues = useLoadIssues(load.id, { kind: kind ?? undefined, search });
  const count = load.tally.skipped + load.tally.failed;
  const isFiltered = kind !== null || search !== '';
  const isGone = count > 0 && !isUnderWay(load) && issues.total === 0 && !isFiltered && !issues.isFetching;
  useFirstIssues(count > 0 && issues.total === 0 && !isFiltered, issues.refetch);

  return (
    <Panel title="Skipped and failed records" note={toNumberText(count)} flush>
      {count > 0 && !isGone && (
        <div className={classes.filter}>
          <FilterBar>
            <SearchInput label="Search records and reasons" value={search} onChange={setSearch} />
            <Select
              aria-label="Outcome"
              placeholder="Skipped and failed"
              clearable
              w={180}
              data={loadIssueKinds.map((value) => ({ value, label: words[value] }))}
              value={kind}
              onChange={(value) => setKind(value as Outcome | null)}
            />
            <Button
              component="a"
              href={downloadOf(load.id, kind, search)}
              download
              variant="default"
              leftSection={<Download size={15} aria-hidden />}
            >
              Download as CSV
            </Button>
          </FilterBar>
        </div>
      )}
      <PagedRows
        list={issues}
        rows={3}
        empty={<NoIssues load={load} isFiltered={isFiltered} isGone={isGone} />}
      >
        {(items) => (
          <DataTable
            label="Skipped and failed records"
            columns={columns}
            rows={items}
            rowKey={(issue) => String(issue.n)}
          />
        )}
      </PagedRows>
    </Panel>
  );
}

function NoIssues({ load, isFiltered, isGone }: { load: Load; isFiltered: boolean; isGone: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No record matches">
        Search for another text, or choose another outcome.
      </EmptyState>
    );
  }
  if (isGone) {
    return (
      <EmptyState icon={Archive} title="The log of this load was removed">
        Logs are kept for a time that the server's settings say, 90 days by default. The counts stay.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={CircleCheck} title={isUnderWay(load) ? 'None so far' : 'No record was left out'}>
      Records without a sync key, or that could not be written, are listed here with the reason.
    </EmptyState>
  );
}

/** Asks again as soon as a load that goes on has left somebody out. */
function useFirstIssues(isDue: boolean, refetch: () => Promise<unknown>): void {
  useEffect(() => {
    if (isDue) void refetch();
  }, [isDue, refetch]);
}

function downloadOf(id: string, kind: Outcome | null, search: string): string {
  const query = new URLSearchParams({ ...(kind && { kind }), ...(search !== '' && { search }) });
  return `/api/v1/loads/${id}/issues.csv?${query}`;
}

function Kind({ kind }: { kind: Outcome }) {
  const isSkipped = kind === 'skipped';
  const Icon = isSkipped ? CircleSlash : CircleX;
  return (
    <span className={classes.kind} data-tone={isSkipped ? 'warning' : 'danger'}>
      <Icon size={14} aria-hidden />
      {words[kind]}
    </span>
  );
}
