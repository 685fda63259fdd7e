import { Select } from '@mantine/core';
import type { VersionSummary } from '#contract';
import type { Side } from '../../api/use-versions.ts';

interface Props {
  label: string;
  versions: readonly VersionSummary[];
  value: Side;
  onChange: (side: Side) => void;
}

/** Chooses a version, or the draft. */
export function SideSelect({ label, versions, value, onChange }: Props) {
  return (
    <Select
      label={label}
      w={250}
      allowDeselect={false}
      data={[
        { value: 'draft', label: 'Draft as it is saved' },
        ...versions.map(({ number, state, note }) => ({
          value: String(number),
          label: `Version ${number}${state === 'active' ? ' (active)' : ''}${note ? ` · ${note}` : ''}`,
        })),
      ]}
      value={String(value)}
      onChange={(next) => next && onChange(next === 'draft' ? 'draft' : Number(next))}
    />
  );
}
