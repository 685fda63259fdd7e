import { Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type Field, type ResponseRow, toExternalId } from '#contract';
import { useCatalogue } from '../editor/catalogue.ts';
import { NewFieldModal } from './NewFieldModal.tsx';

export type Target = ResponseRow['target'];

type Props = {
  ariaLabel: string;
  value: Target | null;
  onChange: (target: Target) => void;
  /** Variables live for one run; a record keeps its fields. */
  hasVariables?: boolean;
  error?: string | undefined;
  /** What a new field or variable may be called. */
  suggestion?: string;
};

const addNew = '+new';
const kindTitles = { person: 'Person', saas_user: 'SaaS user' } as const;

/** Where a value is written: a field of the person, of the SaaS user, or a variable of the run. */
export function TargetSelect({ ariaLabel, value, onChange, hasVariables, error, suggestion = '' }: Props) {
  const { fields } = useCatalogue();
  const [search, setSearch] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const current = value && value.name !== '' ? `${value.kind}.${value.name}` : null;
  const typed = hasVariables ? toVariable(search === '' ? suggestion : search) : null;

  const groups = (['person', 'saas_user'] as const).map((kind) => ({
    group: kindTitles[kind],
    items: fields
      .filter((field) => field.recordType === kind)
      .map((field) => ({
        value: `${kind}.${field.externalId}`,
        label: `${kindTitles[kind]}: ${field.label}`,
      })),
  }));
  const variables = [value?.kind === 'variable' ? value.name : null, typed]
    .filter((name, at, all): name is string => !!name && all.indexOf(name) === at)
    .map((name) => ({ value: `variable.${name}`, label: `Variable: ${name}` }));
  const known = groups.flatMap((group) => group.items).some((one) => one.value === current);
  const unknown =
    current && !known && value?.kind !== 'variable'
      ? [{ value: current, label: `Missing field: ${value?.name}` }]
      : [];

  const pick = (picked: string | null): void => {
    if (picked === addNew) setIsAdding(true);
    else if (picked) onChange(toTarget(picked));
  };

  return (
    <>
      <Select
        size="xs"
        flex={1}
        aria-label={ariaLabel}
        placeholder={hasVariables ? 'Field, or type a variable’s name' : 'Choose a field'}
        searchable
        allowDeselect={false}
        maxDropdownHeight={280}
        error={error}
        data={[
          ...groups,
          ...(variables.length > 0 ? [{ group: 'Variable', items: variables }] : []),
          ...(unknown.length > 0 ? [{ group: 'Not found', items: unknown }] : []),
          { group: ' ', items: [{ value: addNew, label: 'Add new field…' }] },
        ]}
        filter={({ options, search: wanted }) =>
          options
            .filter((option) => 'group' in option)
            .map((option) => ({ ...option, items: option.items.filter((one) => isFound(one, wanted)) }))
            .filter((option) => option.items.length > 0)
        }
        onSearchChange={(text) => setSearch(text.includes(':') ? '' : text)}
        value={current}
        onChange={pick}
      />
      {isAdding && (
        <NewFieldModal
          suggestion={{ label: search === '' ? suggestion : search, type: 'long_text' }}
          onClose={() => setIsAdding(false)}
          onCreated={(field) => {
            setIsAdding(false);
            onChange(targetOf(field));
          }}
        />
      )}
    </>
  );
}

const targetOf = (field: Field): Target => ({ kind: field.recordType, name: field.externalId });

const isFound = (option: { value: string; label: ReactNode }, wanted: string): boolean =>
  option.value === addNew || String(option.label).toLowerCase().includes(wanted.toLowerCase().trim());

function toTarget(text: string): Target {
  const [kind = '', ...name] = text.split('.');
  return { kind: kind as Target['kind'], name: name.join('.') };
}

function toVariable(search: string): string | null {
  return search.trim() === '' ? null : toExternalId(search);
}
