import { SegmentedControl } from '@mantine/core';
import classes from './Choice.module.css';

interface Props<V extends string> {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

/** One of a few filters, all in sight. */
export function Choice<V extends string>({ label, options, value, onChange }: Props<V>) {
  return (
    <SegmentedControl
      aria-label={label}
      size="sm"
      className={classes.choice ?? ''}
      data={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
