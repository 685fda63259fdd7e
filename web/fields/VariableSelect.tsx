import { Select } from '@mantine/core';
import { useVariables } from './form-world.ts';

type Props = { ariaLabel: string; value: string; onChange: (name: string) => void };

/** One of the names that this workflow knows, shown by label. */
export function VariableSelect({ ariaLabel, value, onChange }: Props) {
  const variables = useVariables();
  const groups = [...Map.groupBy(variables, (variable) => variable.source)].map(([group, members]) => ({
    group,
    items: members.map(({ name, label }) => ({ value: name, label })),
  }));
  const isKnown = variables.some((variable) => variable.name === value);
  const data =
    isKnown || value === ''
      ? groups
      : [{ group: 'Not known here', items: [{ value, label: value }] }, ...groups];

  return (
    <Select
      size="xs"
      flex={1}
      aria-label={ariaLabel}
      searchable
      allowDeselect={false}
      maxDropdownHeight={260}
      data={data}
      value={value}
      onChange={(name) => name && onChange(name)}
      nothingFoundMessage="No field is called that"
    />
  );
}
