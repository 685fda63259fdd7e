import { Select } from '@mantine/core';
import { Type } from 'lucide-react';
import type { Converter, MappingRow } from '#contract';
import { keyOf, withConverters, withSource } from './mapping-draft.ts';
import type { MappingWorld } from './mapping-world.ts';

interface Props {
  row: MappingRow;
  role: string;
  roles: readonly string[];
  world: MappingWorld;
}

const byField = '+field.';

/** The role that everybody gets, or the vendor's field that says it by a value map. */
export function RoleSelect({ row, role, roles, world }: Props) {
  const { rows, change, vendor, samples, setConverting } = world;
  const mapBy = (key: string): void => {
    const from = [...new Set((samples?.[key] ?? []).flat().map(String))];
    const entries = (from.length > 0 ? from : ['']).map((value) => ({ from: value, to: role }));
    const map: Converter = { kind: 'map_values', entries, otherwise: { kind: 'value', value: role } };
    change(withConverters(withSource(rows, { kind: 'field', key }, row.target), row.target, [map]));
    setConverting(keyOf(row.target));
  };
  return (
    <Select
      size="xs"
      aria-label="Role for everybody"
      allowDeselect={false}
      searchable
      leftSection={<Type size={14} aria-hidden />}
      maxDropdownHeight={320}
      data={[
        {
          group: 'The same for everybody',
          items: roles.includes(role) || role === '' ? [...roles] : [role, ...roles],
        },
        {
          group: 'By a value map from',
          items: vendor.load.fields.map(({ key, label }) => ({ value: `${byField}${key}`, label })),
        },
      ]}
      value={role || null}
      placeholder="Choose a role"
      onChange={(value) => {
        if (value?.startsWith(byField)) mapBy(value.slice(byField.length));
        else if (value) change(withSource(rows, { kind: 'constant', value }, row.target));
      }}
    />
  );
}
