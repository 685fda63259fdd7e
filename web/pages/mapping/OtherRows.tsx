import { Button, TextInput } from '@mantine/core';
import { Plus, Type } from 'lucide-react';
import { useState } from 'react';
import type { MappingRow } from '#contract';
import { useRoles } from '../../api/use-roles.ts';
import { FieldSelect } from './FieldSelect.tsx';
import { keyOf, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';
import classes from './OtherRows.module.css';
import { PathInput } from './PathInput.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { TargetLine } from './TargetLine.tsx';

type OtherSource = Exclude<MappingRow['source'], { kind: 'field' }>;

/** Our fields that are filled from no listed field: one value for everybody, or a path into the vendor's answer. */
export function OtherRows({ world }: { world: MappingWorld }) {
  const { rows, change, fields, taken, vendor, examples } = world;
  const [added, setAdded] = useState<OtherSource | null>(null);
  const roles = useRoles().data ?? [];
  const own = rows.filter((row) => row.source.kind !== 'field');
  return (
    <div className={classes.others}>
      {own.map((row) => (
        <div key={keyOf(row.target)} className={classes.row}>
          {row.source.kind === 'constant' && keyOf(row.target) === 'person.role' && roles.length > 0 ? (
            <RoleSelect row={row} role={row.source.value} roles={roles} world={world} />
          ) : (
            <SourceInput
              source={row.source as OtherSource}
              examples={examples}
              onChange={(source) => change(withSource(rows, source, row.target))}
            />
          )}
          <span aria-hidden className={classes.joint} />
          <TargetLine
            row={row}
            source={undefined}
            sourceLabel={row.source.kind === 'path' ? row.source.label || row.source.path : 'Fixed value'}
            world={world}
          />
        </div>
      ))}
      {added && (
        <div className={classes.row}>
          <SourceInput source={added} examples={examples} onChange={setAdded} />
          <span aria-hidden className={classes.joint} />
          <FieldSelect
            label="Fills"
            fields={fields}
            value={null}
            taken={taken}
            suggestion={{ label: added.kind === 'path' ? added.label : '', type: 'text' }}
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
          onClick={() => setAdded({ kind: 'path', path: 'id', label: `Custom ${vendor.title} field` })}
        >
          Add custom API field
        </Button>
      </div>
    </div>
  );
}

interface InputProps {
  source: OtherSource;
  examples: MappingWorld['examples'];
  onChange: (source: OtherSource) => void;
}

function SourceInput({ source, examples, onChange }: InputProps) {
  if (source.kind === 'path') {
    return <PathInput source={source} examples={examples} onChange={onChange} />;
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
