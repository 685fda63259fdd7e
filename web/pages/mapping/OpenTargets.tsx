import { useDroppable } from '@dnd-kit/core';
import { CircleAlert, Plus } from 'lucide-react';
import type { Field } from '#contract';
import { newFieldArea } from './drag.ts';
import { isRequired, keyOf } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './OpenTargets.module.css';

const groups = [
  { recordType: 'person', title: 'Person' },
  { recordType: 'saas_user', title: 'SaaS user' },
] as const;

/** Our fields that nothing fills yet, to drop a vendor's field on; required ones first. */
export function OpenTargets({ world }: { world: MappingWorld }) {
  const open = world.fields.filter((field) => !world.taken.has(keyOf(field)));
  return (
    <aside className={classes.open} aria-label="Fields that nothing fills yet">
      <h3>Not filled yet</h3>
      <p>Drag a {world.vendor.title} field here, or choose in its row.</p>
      {groups.map(({ recordType, title }) => {
        const own = open.filter((field) => field.recordType === recordType);
        if (own.length === 0) return null;
        own.sort((a, b) => Number(isRequired(b)) - Number(isRequired(a)));
        return (
          <div key={recordType} className={classes.group}>
            <h4>{title}</h4>
            {own.map((field) => (
              <OpenTarget key={field.id} field={field} />
            ))}
          </div>
        );
      })}
      {open.length === 0 && <p>Every field is filled.</p>}
      <NewFieldArea />
    </aside>
  );
}

function NewFieldArea() {
  const { setNodeRef, isOver } = useDroppable({ id: newFieldArea });
  return (
    <div className={classes.area} ref={setNodeRef} data-over={isOver || undefined}>
      <Plus size={14} aria-hidden />
      Drop here for a new field
    </div>
  );
}

function OpenTarget({ field }: { field: Field }) {
  const { setNodeRef, isOver } = useDroppable({ id: keyOf(field) });
  return (
    <div
      className={classes.target}
      ref={setNodeRef}
      data-over={isOver || undefined}
      data-required={isRequired(field) || undefined}
    >
      {field.label}
      {isRequired(field) && (
        <span>
          <CircleAlert size={13} aria-hidden />
          required
        </span>
      )}
    </div>
  );
}
