import { MultiSelect, Select } from '@mantine/core';
import { useVariables } from './form-world.ts';

type Props<Value> = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: Value;
  onChange: (value: Value) => void;
};

/** Chooses fields of the records that the workflow runs over: of SaaS users where there are any, else of people. */
export function FieldsField({ label, hint, error, value, onChange }: Props<string[]>) {
  const data = useFieldChoices(value);

  return (
    <MultiSelect
      label={label}
      description={hint}
      error={error}
      searchable
      clearable
      placeholder={value.length === 0 ? 'Any field' : ''}
      nothingFoundMessage="No field is called that"
      data={data}
      value={value}
      onChange={onChange}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}

/** Chooses one of the same fields. */
export function FieldField({ label, hint, error, value, onChange }: Props<string>) {
  const data = useFieldChoices(value === '' ? [] : [value]);

  return (
    <Select
      label={label}
      description={hint}
      error={error}
      searchable
      allowDeselect={false}
      placeholder="Choose a field"
      nothingFoundMessage="No field is called that"
      data={data}
      value={value === '' ? null : value}
      onChange={(name) => name && onChange(name)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}

/** The fields of the records, and what was chosen and is none of them any more. */
function useFieldChoices(chosen: readonly string[]): { value: string; label: string }[] {
  const variables = useVariables().filter(({ name }) => !name.includes('.'));
  const ofUsers = variables.filter(({ source }) => source === 'SaaS user');
  const fields = ofUsers.length > 0 ? ofUsers : variables.filter(({ source }) => source === 'Person');
  const lost = chosen.filter((name) => !fields.some((field) => field.name === name));
  return [
    ...fields.map(({ name, label }) => ({ value: name, label })),
    ...lost.map((name) => ({ value: name, label: name })),
  ];
}
