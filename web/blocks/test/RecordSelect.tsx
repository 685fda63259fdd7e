import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { WorkflowRecords } from '#contract';
import { useSaasUsers } from '../../api/use-apps.ts';
import { usePeople } from '../../api/use-people.ts';
import { nameOf } from '../../ui/person-name.ts';

type Props = {
  records: WorkflowRecords;
  value: string | null;
  onChange: (recordId: string) => void;
};

/** One record of those that a workflow runs over, found by typing. */
export function RecordSelect({ records, ...rest }: Props) {
  if (records.kind === 'people') return <PersonSelect {...rest} />;
  return <AccountSelect appId={records.appId} {...rest} />;
}

type SelectProps = Omit<Props, 'records'>;
type Option = { value: string; label: string };

const atOnce = 30;

function PersonSelect(props: SelectProps) {
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 150);
  const { items } = usePeople({ search: wanted || undefined, limit: atOnce });
  const options = items.map((one) => ({ value: one.id, label: `${nameOf(one)} · ${one.email}` }));
  return <Found {...props} label="Person" options={options} onSearch={setSearch} />;
}

function AccountSelect({ appId, ...props }: SelectProps & { appId: string }) {
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 150);
  const { items } = useSaasUsers(appId, { search: wanted || undefined, limit: atOnce });
  const options = items.map((one) => ({
    value: one.id,
    label: [one.displayName, one.email || one.identifier].filter(Boolean).join(' · '),
  }));
  return <Found {...props} label="SaaS user" options={options} onSearch={setSearch} />;
}

type FoundProps = SelectProps & {
  label: string;
  options: Option[];
  onSearch: (text: string) => void;
};

function Found({ label, options, value, onChange, onSearch }: FoundProps) {
  // The chosen one stays on the list while another search is typed.
  const [chosen, setChosen] = useState<Option | null>(null);
  const data = chosen && !options.some((one) => one.value === chosen.value) ? [chosen, ...options] : options;
  return (
    <Select
      label={label}
      placeholder="Type a name or an address"
      searchable
      allowDeselect={false}
      data-autofocus
      data={data}
      filter={({ options: all }) => all}
      onSearchChange={(text) => onSearch(text === chosen?.label ? '' : text)}
      value={value}
      onChange={(id) => {
        const option = data.find((one) => one.value === id);
        if (!option) return;
        setChosen(option);
        onChange(option.value);
      }}
      nothingFoundMessage="Nobody is called that"
    />
  );
}
