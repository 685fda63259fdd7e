import type { ApprovalView } from '#contract';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { kindWords, stateLooks } from './approval-words.ts';

const columns: Column<ApprovalView>[] = [
  { key: 'title', header: 'Asked', cell: ({ title }) => title, isWrapped: true },
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

/** Requests, each with its whole title: how many accounts it is about stands at its end. */
export function RequestsTable({
  requests,
  label = 'Requests',
}: {
  requests: readonly ApprovalView[];
  label?: string;
}) {
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={requests}
      rowKey={({ id }) => id}
      rowLink={({ id }) => `/approvals/${id}`}
    />
  );
}
