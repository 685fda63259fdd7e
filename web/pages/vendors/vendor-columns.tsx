import type { Vendor } from '#contract';
import type { Column } from '../../ui/DataTable.tsx';

/** `own` are the ids of those that a file defines. */
export const vendorColumns = (own: ReadonlySet<string>): Column<Vendor>[] => [
  {
    key: 'title',
    header: 'Vendor',
    cell: (vendor) => <strong>{vendor.title}</strong>,
    width: '22%',
    isCut: true,
  },
  { key: 'summary', header: 'Does', cell: (vendor) => vendor.summary, isCut: true, from: 'sm' },
  {
    key: 'origin',
    header: 'From',
    cell: (vendor) => (own.has(vendor.id) ? 'Your\u00a0file' : 'Built\u00a0in'),
    width: 110,
  },
  {
    key: 'presets',
    header: 'Presets',
    cell: (vendor) => vendor.presets.length,
    width: 90,
    align: 'right',
  },
];
