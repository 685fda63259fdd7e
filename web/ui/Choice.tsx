import { SegmentedControl, Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import classes from './Choice.module.css';

interface Props<V extends string> {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

/** More do not fit side by side on a phone. */
const mostOnPhone = 3;

/** One of a few filters, all in sight where there is room for them. */
export function Choice<V extends string>({ label, options, value, onChange }: Props<V>) {
  const isPhone = useMediaQuery('(max-width: 36em)') === true;
  const data = options.map((option) => ({ value: option.value, label: option.label }));
  const choose = (next: string | null): void => {
    const chosen = options.find((option) => option.value === next);
    if (chosen) onChange(chosen.value);
  };
  if (isPhone && options.length > mostOnPhone) {
    return (
      <Select
        aria-label={label}
        size="sm"
        w="100%"
        data={data}
        value={value}
        onChange={choose}
        allowDeselect={false}
      />
    );
  }
  return (
    <SegmentedControl
      aria-label={label}
      size="sm"
      className={classes.choice ?? ''}
      data={data}
      value={value}
      onChange={choose}
    />
  );
}
