import { Star } from 'lucide-react';
import type { Field, Integration, Vendor } from '#contract';
import { useFields } from '../../api/use-fields.ts';
import { useVendors } from '../../api/use-vendors.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { countOf } from '../../ui/words.ts';
import { toIntegrationState } from './integration-state.ts';
import classes from './MappingTable.module.css';

/** The mapping view: what each integration fills, by which keys it matches, and what it leaves. */
export function MappingTable({ integrations }: { integrations: readonly Integration[] }) {
  const vendors = useVendors().data ?? [];
  const fields = useFields().data ?? [];
  const left = (one: Integration) =>
    unusedFields(
      one,
      vendors.find((vendor) => vendor.id === one.vendorId),
    );
  const columns: Column<Integration>[] = [
    { key: 'name', header: 'Name', cell: (one) => one.name, isCut: true, width: '22%' },
    {
      key: 'state',
      header: 'State',
      cell: (one) => <StatusBadge {...toIntegrationState(one)} />,
      width: 160,
      from: 'sm',
    },
    {
      key: 'filled',
      header: 'Filled',
      cell: ({ mapping }) => countOf(mapping.rows.length, 'field'),
      width: 110,
      from: 'sm',
    },
    {
      key: 'keys',
      header: 'Sync keys',
      cell: (one) => (
        <span className={classes.keys}>
          {syncKeysOf(one, fields).map((label) => (
            <span key={label}>
              <Star size={12} fill="currentColor" aria-hidden />
              {label}
            </span>
          ))}
        </span>
      ),
      width: '24%',
    },
    {
      key: 'left',
      header: 'Not mapped',
      cell: (one) => toListText(left(one)),
      isCut: true,
      from: 'md',
    },
  ];
  return (
    <Panel flush>
      <DataTable
        label="Mappings of integrations"
        columns={columns}
        rows={integrations}
        rowKey={(one) => one.id}
        rowLink={(one) => `/integrations/${one.id}?edit=mapping`}
      />
    </Panel>
  );
}

/** Labels of the sync keys, the first one first. */
function syncKeysOf({ mapping }: Integration, fields: readonly Field[]): string[] {
  const keys = mapping.rows.filter((row) => row.syncKey !== null);
  return keys
    .sort((a, b) => (a.syncKey ?? 0) - (b.syncKey ?? 0))
    .map(({ target: { recordType, externalId } }) => {
      const field = fields.find((one) => one.recordType === recordType && one.externalId === externalId);
      return field?.label ?? externalId;
    });
}

/** Labels of the vendor's fields that no row reads. */
function unusedFields({ mapping }: Integration, vendor: Vendor | undefined): string[] {
  const used = new Set(mapping.rows.flatMap(({ source }) => (source.kind === 'field' ? [source.key] : [])));
  return (vendor?.load.fields ?? []).filter(({ key }) => !used.has(key)).map(({ label }) => label);
}

const toListText = (labels: readonly string[]): string =>
  labels.length === 0 ? 'Nothing' : `${labels.length}: ${labels.join(', ')}`;
