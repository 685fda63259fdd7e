import { useState } from 'react';
import type { VendorField } from '#contract';
import { FieldSelect } from './FieldSelect.tsx';
import { keyOf, rowsFrom, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import { SourceCard } from './SourceCard.tsx';
import classes from './SourceRow.module.css';
import { TargetLine } from './TargetLine.tsx';

/** A vendor's field at the left; at the right each of our fields that it fills, and room for one more. */
export function SourceRow({ field, world }: { field: VendorField; world: MappingWorld }) {
  const { rows, change, fields, taken, samples, isReading } = world;
  const own = rowsFrom(rows, field.key);
  const [isAdding, setAdding] = useState(false);
  return (
    <li className={classes.row} data-mapped={own.length > 0 || undefined}>
      <SourceCard field={field} samples={samples && (samples[field.key] ?? [])} isReading={isReading} />
      <span className={classes.joint} aria-hidden />
      <div className={classes.targets}>
        {own.map((row, n) => (
          <TargetLine
            key={keyOf(row.target)}
            row={row}
            source={field}
            sourceLabel={field.label}
            world={world}
            onAdd={n === 0 && !isAdding ? () => setAdding(true) : undefined}
          />
        ))}
        {(isAdding || own.length === 0) && (
          <div className={classes.more}>
            <FieldSelect
              label={own.length === 0 ? `${field.label} fills` : `${field.label} also fills`}
              fields={fields}
              value={null}
              taken={taken}
              suggestion={field}
              onChange={(target) => {
                setAdding(false);
                change(withSource(rows, { kind: 'field', key: field.key }, target));
              }}
            />
            <span className={classes.room} />
          </div>
        )}
      </div>
    </li>
  );
}
