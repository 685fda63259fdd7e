import { Star } from 'lucide-react';
import type { Field, Integration, MappingRow, Vendor } from '#contract';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import classes from './MappingSummary.module.css';
import { keyOf } from './mapping-draft.ts';

interface Props {
  integration: Integration;
  vendor: Vendor;
  fields: readonly Field[];
}

/** The saved mapping, to be read. */
export function MappingSummary({ integration, vendor, fields }: Props) {
  const columns: Column<MappingRow>[] = [
    { key: 'source', header: `${vendor.title} field`, cell: (row) => sourceOf(row, vendor), width: '38%' },
    {
      key: 'target',
      header: 'Our field',
      cell: ({ target }) => (
        <>
          <span className={classes.kind}>{target.recordType === 'person' ? 'Person' : 'SaaS user'}</span>
          {fields.find((field) => keyOf(field) === keyOf(target))?.label ?? target.externalId}
        </>
      ),
    },
    {
      key: 'key',
      header: 'Sync key',
      cell: ({ syncKey }) =>
        syncKey !== null && (
          <span className={classes.key}>
            <Star size={13} fill="currentColor" aria-hidden />
            {syncKey}
          </span>
        ),
      width: 90,
    },
  ];
  return (
    <div className={classes.table}>
      <DataTable
        label="Mapping"
        columns={columns}
        rows={integration.mapping.rows}
        rowKey={(row) => keyOf(row.target)}
      />
    </div>
  );
}

function sourceOf({ source }: MappingRow, vendor: Vendor) {
  if (source.kind === 'constant') return `“${source.value}” for everybody`;
  if (source.kind === 'path') return <code className={classes.path}>{source.path}</code>;
  return vendor.load.fields.find((field) => field.key === source.key)?.label ?? source.key;
}
