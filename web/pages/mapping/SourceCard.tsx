import { useDraggable } from '@dnd-kit/core';
import { GripVertical } from 'lucide-react';
import type { VendorField } from '#contract';
import { fieldTypeLabels } from '../../fields/field-words.ts';
import { toValueText } from '../../ui/words.ts';
import classes from './SourceCard.module.css';

interface Props {
  field: VendorField;
  /** Values that the vendor sent; undefined while nobody asked. */
  samples: readonly unknown[] | undefined;
  /** Whether they are on their way: then their line is kept free. */
  isReading: boolean;
}

/** A vendor's field, to be dragged onto ours: label, type and what it held lately. */
export function SourceCard({ field, samples, isReading }: Props) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: field.key });
  const texts = (samples ?? []).map(toValueText).filter((text) => text !== '');
  return (
    <div className={classes.card} ref={setNodeRef} data-dragging={isDragging || undefined} {...listeners}>
      <button
        type="button"
        className={classes.grip}
        {...attributes}
        aria-label={`Drag ${field.label} onto a field`}
      >
        <GripVertical size={15} aria-hidden />
      </button>
      <div className={classes.words}>
        <div className={classes.name}>
          <strong>{field.label}</strong>
          <span>{fieldTypeLabels[field.type]}</span>
        </div>
        {isReading && <div className={classes.samples}>…</div>}
        {samples && (
          <div className={classes.samples} data-none={texts.length === 0 || undefined}>
            {texts.length === 0 ? 'Empty in the first records' : texts.slice(0, 3).join(' · ')}
          </div>
        )}
      </div>
    </div>
  );
}
