import { Select, Textarea, TextInput } from '@mantine/core';
import type { Field } from '#contract';

interface Props {
  field: Field;
  /** What may be chosen; anything where there is nothing. */
  choices: readonly string[];
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

const placeholders: Partial<Record<Field['type'], string>> = {
  date: '2026-11-01',
  datetime: '2026-11-01T09:00:00Z',
  url: 'https://',
};

/** An input that suits the type of a field. */
export function PersonInput({ field, choices, value, error, onChange }: Props) {
  const { label, type, help, isRequired } = field;
  const shared = { label, error, withAsterisk: isRequired, ...(help && { description: help }) };
  const options = optionsOf(field, choices, value);
  if (options) {
    return (
      <Select
        {...shared}
        data={options}
        value={value === '' ? null : value}
        clearable={!isRequired && field.externalId !== 'status'}
        allowDeselect={false}
        searchable={options.length > 8}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  if (type === 'long_text' || type === 'json' || type === 'list') {
    return (
      <Textarea
        {...shared}
        {...(type === 'list' && { description: help || 'One entry in each line.' })}
        autosize
        minRows={2}
        maxRows={10}
        {...(type === 'json' && {
          styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } },
        })}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      inputMode={type === 'number' ? 'numeric' : type === 'decimal' ? 'decimal' : 'text'}
      placeholder={placeholders[type]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What a load brought stays among the choices until somebody chooses another. */
function optionsOf({ type, externalId }: Field, choices: readonly string[], value: string) {
  if (type === 'boolean') {
    return [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ];
  }
  if (choices.length === 0) return undefined;
  const all = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return all.map((choice) => ({
    value: choice,
    label: externalId === 'status' ? capitalised(choice) : choice,
  }));
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
