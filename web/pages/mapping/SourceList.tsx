import { Button, Collapse, UnstyledButton } from '@mantine/core';
import { ChevronRight, ListPlus } from 'lucide-react';
import { useState } from 'react';
import { rowsFrom } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import { NewFieldsModal } from './NewFieldsModal.tsx';
import { OtherRows } from './OtherRows.tsx';
import classes from './SourceList.module.css';
import { SourceRow } from './SourceRow.tsx';

/** Vendor fields that fill something, then values of our own, then the rest, folded. */
export function SourceList({ world }: { world: MappingWorld }) {
  const { vendor, rows } = world;
  const mapped = vendor.load.fields.filter((field) => rowsFrom(rows, field.key).length > 0);
  const unmapped = vendor.load.fields.filter((field) => !mapped.includes(field));
  const [choice, setChoice] = useState<boolean | null>(null);
  const [isAdding, setAdding] = useState(false);
  const isOpen = choice ?? mapped.length === 0;
  return (
    <div className={classes.list}>
      <div className={classes.head} aria-hidden>
        <span>{vendor.title} field</span>
        <span>Our field</span>
      </div>
      <ul className={classes.rows} aria-label="Mapped fields">
        {mapped.map((field) => (
          <SourceRow key={field.key} field={field} world={world} />
        ))}
      </ul>
      <div className={classes.part}>
        <OtherRows world={world} />
      </div>
      {unmapped.length > 0 && (
        <div className={classes.part}>
          <div className={classes.rest}>
            <UnstyledButton
              className={classes.fold}
              aria-expanded={isOpen}
              onClick={() => setChoice(!isOpen)}
            >
              <ChevronRight size={15} aria-hidden data-open={isOpen || undefined} />
              {unmapped.length} {vendor.title} {unmapped.length === 1 ? 'field fills' : 'fields fill'} nothing
            </UnstyledButton>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<ListPlus size={14} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              Add new fields…
            </Button>
          </div>
          <Collapse expanded={isOpen}>
            <ul className={classes.rows} aria-label="Unmapped fields">
              {unmapped.map((field) => (
                <SourceRow key={field.key} field={field} world={world} />
              ))}
            </ul>
          </Collapse>
          {isAdding && <NewFieldsModal sources={unmapped} world={world} onClose={() => setAdding(false)} />}
        </div>
      )}
    </div>
  );
}
