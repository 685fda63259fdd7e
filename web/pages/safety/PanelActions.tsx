import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { type LucideIcon, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Column } from '../../ui/DataTable.tsx';

interface AddProps {
  children: ReactNode;
  onClick: () => void;
}

/** Adds a row to the table of a panel. */
export function AddButton({ children, onClick }: AddProps) {
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  );
}

interface RowAction<Row> {
  icon: LucideIcon;
  /** Such as *Remove freeze*. */
  label: string;
  /** The same, and of which row. */
  nameOf: (row: Row) => string;
  onAct: (row: Row) => void;
}

/** The last column of a table, in which each row can be changed or removed. */
export const actionColumn = <Row,>({ icon: Icon, label, nameOf, onAct }: RowAction<Row>): Column<Row> => ({
  key: 'action',
  header: '',
  width: 52,
  align: 'right',
  cell: (row) => (
    <Tooltip label={label}>
      <ActionIcon aria-label={nameOf(row)} onClick={() => onAct(row)}>
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  ),
});
