import { useDroppable } from '@dnd-kit/core';
import { ActionIcon, Tooltip } from '@mantine/core';
import { Plus, SlidersHorizontal, Star, TriangleAlert, X } from 'lucide-react';
import { describeConverter, type Field, type FieldType, type MappingRow, type VendorField } from '#contract';
import { ConvertersModal } from './ConvertersModal.tsx';
import { FieldSelect } from './FieldSelect.tsx';
import {
  keyOf,
  type Target,
  withConverters,
  withOtherTarget,
  withoutTarget,
  withSyncKeyToggled,
} from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './TargetLine.module.css';

interface Props {
  row: MappingRow;
  source: VendorField | undefined;
  sourceLabel: string;
  world: MappingWorld;
  /** Offers to fill one more field from the same source. */
  onAdd?: (() => void) | undefined;
}

/** One of our fields that a source fills: which, how the value changes on its way, and whether it is a sync key. */
export function TargetLine({ row, source, sourceLabel, world, onAdd }: Props) {
  const { rows, change, fields, taken, warnings } = world;
  const field = fields.find((one) => keyOf(one) === keyOf(row.target));
  const { setNodeRef, isOver } = useDroppable({ id: keyOf(row.target) });
  const label = field?.label ?? row.target.externalId;
  const suggestion: { label: string; type: FieldType } = { label: sourceLabel, type: source?.type ?? 'text' };
  const warning = warnings.get(keyOf(row.target));
  return (
    <div ref={setNodeRef} className={classes.drop} data-over={isOver || undefined}>
      <div className={classes.line}>
        <FieldSelect
          label={`${sourceLabel} fills`}
          fields={fields}
          value={row.target}
          taken={taken}
          suggestion={suggestion}
          onChange={(target: Target) => change(withOtherTarget(rows, row, target))}
        />
        <Converters row={row} label={label} world={world} />
        <SyncKey
          row={row}
          field={field}
          label={label}
          onToggle={() => change(withSyncKeyToggled(rows, row.target))}
        />
        <Tooltip label="Stop filling this field">
          <ActionIcon
            size="sm"
            aria-label={`Stop filling ${label}`}
            onClick={() => change(withoutTarget(rows, row.target))}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {onAdd ? (
          <Tooltip label={`Fill another field from ${sourceLabel}`}>
            <ActionIcon size="sm" aria-label={`Fill another field from ${sourceLabel}`} onClick={onAdd}>
              <Plus size={15} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ) : (
          <span className={classes.noAdd} />
        )}
      </div>
      {warning && (
        <p className={classes.warning}>
          <TriangleAlert size={13} aria-hidden />
          {warning}
        </p>
      )}
    </div>
  );
}

/** The button that opens the converters, and a chip that says what they do. */
function Converters({ row, label, world }: { row: MappingRow; label: string; world: MappingWorld }) {
  const { converting, setConverting } = world;
  const converters = row.converters ?? [];
  const words = converters.map(describeConverter).join(', then ');
  if (row.source.kind === 'constant') return <span className={classes.noConverters} />;
  return (
    <>
      <Tooltip
        label={words === '' ? 'Change the value on its way' : `Changed on its way: ${words}`}
        multiline
        maw={300}
      >
        <button
          type="button"
          className={classes.converters}
          aria-label={words === '' ? `Convert the value of ${label}` : `Converters of ${label}: ${words}`}
          data-set={converters.length > 0 || undefined}
          onClick={() => setConverting(keyOf(row.target))}
        >
          <SlidersHorizontal size={14} aria-hidden />
          {converters.length > 0 && converters.length}
        </button>
      </Tooltip>
      {converting === keyOf(row.target) && (
        <ConvertersModal
          row={row}
          targetLabel={label}
          world={world}
          onClose={() => setConverting(null)}
          onSave={(next) => {
            setConverting(null);
            world.change(withConverters(world.rows, row.target, next));
          }}
        />
      )}
    </>
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
