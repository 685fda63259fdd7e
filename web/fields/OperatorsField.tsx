import { MultiSelect } from '@mantine/core';
import { useContactChoices } from '../api/use-contacts.ts';

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string[];
  onChange: (ids: string[]) => void;
};

/** Chooses some of those who sign in to this server. */
export function OperatorsField({ label, hint, error, value, onChange }: Props) {
  const { data } = useContactChoices();
  const options = (data?.operators ?? []).map(({ id, name, email }) => ({
    value: id,
    label: `${name} (${email})`,
  }));
  const lost = value.filter((id) => data && !options.some((option) => option.value === id));

  return (
    <MultiSelect
      label={label}
      description={hint}
      error={error}
      searchable
      clearable
      placeholder={value.length === 0 ? 'Choose people' : ''}
      nothingFoundMessage="No operator is called that"
      data={[...options, ...lost.map((id) => ({ value: id, label: 'Not an operator any more' }))]}
      value={value}
      onChange={onChange}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
