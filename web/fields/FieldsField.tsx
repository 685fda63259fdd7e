import { MultiSelect } from '@mantine/core';
import { useVariables } from './form-world.ts';

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string[];
  onChange: (names: string[]) => void;
};

/** Chooses fields of the records that the workflow runs over: of SaaS users where there are any, else of people. */
export function FieldsField({ label, hint, error, value, onChange }: Props) {
  const variables = useVariables().filter(({ name }) => !name.includes('.'));
  const ofUsers = variables.filter(({ source }) => source === 'SaaS user');
  const fields = ofUsers.length > 0 ? ofUsers : variables.filter(({ source }) => source === 'Person');
  const lost = value.filter((name) => !fields.some((field) => field.name === name));

  return (
    <MultiSelect
      label={label}
      description={hint}
      error={error}
      searchable
      clearable
      placeholder={value.length === 0 ? 'Any field' : ''}
      nothingFoundMessage="No field is called that"
      data={[
        ...fields.map(({ name, label: words }) => ({ value: name, label: words })),
        ...lost.map((name) => ({ value: name, label: name })),
      ]}
      value={value}
      onChange={onChange}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
