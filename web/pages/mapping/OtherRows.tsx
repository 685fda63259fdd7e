import { Button, Select, TextInput } from '@mantine/core';
import { Braces, Plus, Type } from 'lucide-react';
import { useState } from 'react';
import type { MappingRow } from '#contract';
import { useRoles } from '../../api/use-people.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { keyOf, withOtherTarget, withoutTarget, withSource, withSyncKeyToggled } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './OtherRows.module.css';
import { TargetLine } from './TargetLine.tsx';

type OtherSource = Exclude<MappingRow['source'], { kind: 'field' }>;

/** Our fields that are filled from no listed field: one value for everybody, or a path into the vendor's answer. */
export function OtherRows({ world }: { world: MappingWorld }) {
  const { rows, change, fields, taken, vendor } = world;
  const [added, setAdded] = useState<OtherSource | null>(null);
  const own = rows.filter((row) => row.source.kind !== 'field');
  return (
    <div className={classes.others}>
      {own.map((row) => (
        <div key={keyOf(row.target)} className={classes.row}>
          <SourceInput
            source={row.source as OtherSource}
            isRole={keyOf(row.target) === 'person.role'}
            onChange={(source) => change(withSource(rows, source, row.target))}
          />
          <span aria-hidden className={classes.joint} />
          <TargetLine
            row={row}
            source={undefined}
            sourceLabel={row.source.kind === 'constant' ? 'Fixed value' : 'API path'}
            fields={fields}
            taken={taken}
            onRetarget={(target) => change(withOtherTarget(rows, row, target))}
            onToggleKey={() => change(withSyncKeyToggled(rows, row.target))}
            onRemove={() => change(withoutTarget(rows, row.target))}
          />
        </div>
      ))}
      {added && (
        <div className={classes.row}>
          <SourceInput source={added} isRole={false} onChange={setAdded} />
          <span aria-hidden className={classes.joint} />
          <FieldSelect
            label="Fills"
            fields={fields}
            value={null}
            taken={taken}
            suggestion={{ label: '', type: 'text' }}
            onChange={(target) => {
              setAdded(null);
              change(withSource(rows, added, target));
            }}
          />
        </div>
      )}
      <div className={classes.add}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => setAdded({ kind: 'constant', value: '' })}
        >
          Add fixed value
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() =>
            setAdded({ kind: 'path', path: 'customField', label: `Custom ${vendor.title} field` })
          }
        >
          Add custom API field
        </Button>
      </div>
    </div>
  );
}

interface InputProps {
  source: OtherSource;
  isRole: boolean;
  onChange: (source: OtherSource) => void;
}

function SourceInput({ source, isRole, onChange }: InputProps) {
  const roles = useRoles().data ?? [];
  if (source.kind === 'path') {
    return (
      <TextInput
        size="xs"
        aria-label="Path in the vendor's record"
        leftSection={<Braces size={14} aria-hidden />}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={source.path}
        onChange={({ currentTarget: { value } }) => value !== '' && onChange({ ...source, path: value })}
      />
    );
  }
  if (isRole && roles.length > 0) {
    return (
      <Select
        size="xs"
        aria-label="Role for everybody"
        allowDeselect={false}
        leftSection={<Type size={14} aria-hidden />}
        data={roles.includes(source.value) || source.value === '' ? roles : [source.value, ...roles]}
        value={source.value || null}
        placeholder="Choose a role"
        onChange={(value) => value && onChange({ kind: 'constant', value })}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      aria-label="Value for everybody"
      placeholder="The same value for everybody"
      leftSection={<Type size={14} aria-hidden />}
      value={source.value}
      onChange={(event) => onChange({ kind: 'constant', value: event.currentTarget.value })}
    />
  );
}
