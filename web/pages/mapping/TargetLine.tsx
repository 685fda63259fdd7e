import { useDroppable } from '@dnd-kit/core';
import { ActionIcon, Tooltip } from '@mantine/core';
import { Plus, Star, TriangleAlert, X } from 'lucide-react';
import type { Field, FieldType, MappingRow, VendorField } from '#contract';
import { fieldTypeLabels } from '../../fields/NewFieldModal.tsx';
import { FieldSelect } from './FieldSelect.tsx';
import { keyOf, type Target, typesDisagree } from './mapping-draft.ts';
import classes from './TargetLine.module.css';

interface Props {
  row: MappingRow;
  source: VendorField | undefined;
  sourceLabel: string;
  fields: readonly Field[];
  taken: ReadonlySet<string>;
  onRetarget: (target: Target) => void;
  onToggleKey: () => void;
  onRemove: () => void;
  /** Offers to fill one more field from the same source. */
  onAdd?: (() => void) | undefined;
}

/** One of our fields that a source fills: which, whether it is a sync key, and the way to let it go. */
export function TargetLine(props: Props) {
  const { row, source, sourceLabel, fields, taken } = props;
  const field = fields.find((one) => keyOf(one) === keyOf(row.target));
  const { setNodeRef, isOver } = useDroppable({ id: keyOf(row.target) });
  const label = field?.label ?? row.target.externalId;
  const suggestion: { label: string; type: FieldType } = { label: sourceLabel, type: source?.type ?? 'text' };
  return (
    <div className={classes.line} ref={setNodeRef} data-over={isOver || undefined}>
      <FieldSelect
        label={`${sourceLabel} fills`}
        fields={fields}
        value={row.target}
        taken={taken}
        suggestion={suggestion}
        onChange={props.onRetarget}
      />
      {source && field && typesDisagree(source, field) && (
        <Tooltip
          label={`${fieldTypeLabels[source.type]} may not fit ${fieldTypeLabels[field.type].toLowerCase()}; values that do not are reported.`}
          multiline
          maw={260}
        >
          <TriangleAlert size={15} className={classes.warning} aria-label="Types differ" tabIndex={0} />
        </Tooltip>
      )}
      <SyncKey row={row} field={field} label={label} onToggle={props.onToggleKey} />
      <Tooltip label="Stop filling this field">
        <ActionIcon size="sm" aria-label={`Stop filling ${label}`} onClick={props.onRemove}>
          <X size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {props.onAdd ? (
        <Tooltip label={`Fill another field from ${sourceLabel}`}>
          <ActionIcon size="sm" aria-label={`Fill another field from ${sourceLabel}`} onClick={props.onAdd}>
            <Plus size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span className={classes.noAdd} />
      )}
    </div>
  );
}

interface SyncKeyProps {
  row: MappingRow;
  field: Field | undefined;
  label: string;
  onToggle: () => void;
}

function SyncKey({ row, field, label, onToggle }: SyncKeyProps) {
  const isPossible = field?.isUnique && row.source.kind !== 'constant';
  if (!isPossible && row.syncKey === null) return <span className={classes.noKey} />;
  const words =
    row.syncKey === null
      ? `Use ${label} as a sync key`
      : `${label} is sync key ${row.syncKey}: people are found by it. Click to unset.`;
  return (
    <Tooltip label={words} multiline maw={260}>
      <button
        type="button"
        className={classes.key}
        aria-label={row.syncKey === null ? words : `${label} is sync key ${row.syncKey}`}
        aria-pressed={row.syncKey !== null}
        onClick={onToggle}
      >
        <Star size={15} fill={row.syncKey === null ? 'none' : 'currentColor'} aria-hidden />
        {row.syncKey}
      </button>
    </Tooltip>
  );
}
