import type { Column } from '../../ui/DataTable.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Trouble } from './use-troubles.ts';

const columns: Column<Trouble>[] = [
  { key: 'name', header: 'Name', cell: ({ name }) => name, isCut: true },
  { key: 'kind', header: 'What', cell: ({ kind }) => kind, width: 140, from: 'sm' },
  {
    key: 'status',
    header: 'Status',
    cell: ({ status, word }) => <StatusBadge status={status} {...(word !== undefined && { word })} />,
    width: 170,
  },
];

/** What keeps users from being loaded until somebody mends or decides it; each row opens the reason. */
export function TroublesPanel({ troubles }: { troubles: readonly Trouble[] }) {
  return (
    <Panel title="Loads and credentials needing attention" note={troubles.length} flush>
      <DataTable
        label="Loads and credentials needing attention"
        columns={columns}
        rows={troubles}
        rowKey={({ to }) => to}
        rowLink={({ to }) => to}
      />
    </Panel>
  );
}
