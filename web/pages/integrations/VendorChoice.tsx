import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Vendor } from '#contract';
import { VendorMark } from '../../editor/VendorMark.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import classes from './VendorChoice.module.css';

interface Props {
  vendors: readonly Vendor[];
  /** The word on each button. */
  action: string;
  pendingId?: string | undefined;
  onChoose: (vendor: Vendor) => void;
}

/** Finds a vendor by name. */
export function VendorChoice({ vendors, action, pendingId, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = vendors.filter(({ title, summary }) => `${title} ${summary}`.toLowerCase().includes(wanted));
  return (
    <div>
      <div className={classes.search}>
        <SearchInput label="Search apps" value={search} onChange={setSearch} width="100%" />
      </div>
      <ul className={classes.list}>
        {shown.map((vendor) => (
          <li key={vendor.id} className={classes.vendor}>
            <VendorMark title={vendor.title} size={36} />
            <div className={classes.words}>
              <strong>{vendor.title}</strong>
              <span>{vendor.summary}</span>
            </div>
            <Button
              variant="default"
              size="xs"
              aria-label={`${action} ${vendor.title}`}
              loading={pendingId === vendor.id}
              onClick={() => onChoose(vendor)}
            >
              {action}
            </Button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={classes.none}>No app matches “{search}”.</p>}
    </div>
  );
}
