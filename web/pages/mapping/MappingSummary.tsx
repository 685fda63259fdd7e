import { Star } from 'lucide-react';
import {
  describeCondition,
  describeConverter,
  type Field,
  type Integration,
  type MappingRow,
  type Vendor,
} from '#contract';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { MappingHistory } from './MappingHistory.tsx';
import classes from './MappingSummary.module.css';
import { keyOf } from './mapping-draft.ts';
import { sourceWords } from './source-words.ts';

interface Props {
  integration: Integration;
  vendor: Vendor;
  fields: readonly Field[];
}

/** The saved mapping, to be read. */
export function MappingSummary({ integration, vendor, fields }: Props) {
  const columns: Column<MappingRow>[] = [
    {
      key: 'source',
      header: `${vendor.title} field`,
      cell: (row) => (
        <>
          {sourceWords(row.source, vendor)}
          {row.source.kind === 'path' && <code className={classes.path}>{row.source.path}</code>}
          {row.converters && (
            <small className={classes.converters}>
              {row.converters.map(describeConverter).join(', then ')}
            </small>
          )}
        </>
      ),
      width: '42%',
    },
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
  const { filter } = integration.mapping;
  const words = (name: string): string => labelOf(name, vendor, fields);
  return (
    <>
      <div className={classes.table}>
        <DataTable
          label="Mapping"
          columns={columns}
          rows={integration.mapping.rows}
          rowKey={(row) => keyOf(row.target)}
        />
      </div>
      <div className={classes.foot}>
        {filter?.create && <p>Created only if {describeCondition(filter.create, words)}.</p>}
        {filter?.update && <p>Updated only if {describeCondition(filter.update, words)}.</p>}
        <MappingHistory integration={integration} vendor={vendor} fields={fields} />
      </div>
    </>
  );
}

/** A name that the filter's rules use, in words. */
function labelOf(name: string, vendor: Vendor, fields: readonly Field[]): string {
  const field = fields.find((one) => keyOf(one) === name);
  return field?.label ?? vendor.load.fields.find(({ key }) => key === name)?.label ?? name;
}
