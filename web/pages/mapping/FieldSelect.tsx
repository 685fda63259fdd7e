import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Field, FieldType } from '#contract';
import { NewFieldModal } from '../../fields/NewFieldModal.tsx';
import { isRequired, keyOf, type Target, targetOf } from './mapping-draft.ts';

interface Props {
  label: string;
  fields: readonly Field[];
  value: Target | null;
  /** Targets that another row fills already. */
  taken: ReadonlySet<string>;
  /** What a new field is proposed to be. */
  suggestion: { label: string; type: FieldType };
  onChange: (target: Target) => void;
}

const addNew = '+new';
const groups = [
  { recordType: 'person', title: 'Person' },
  { recordType: 'saas_user', title: 'SaaS user' },
] as const;

/** One of our fields, or a new one. */
export function FieldSelect({ label, fields, value, taken, suggestion, onChange }: Props) {
  const [isAdding, setAdding] = useState(false);
  const current = value ? keyOf(value) : null;
  const data = groups
    .map(({ recordType, title }) => ({
      group: title,
      items: fields
        .filter((field) => field.recordType === recordType)
        .map((field) => {
          const key = keyOf(targetOf(field));
          const required = isRequired(field) ? ' *' : '';
          return {
            value: key,
            label: `${title}: ${field.label}${required}`,
            disabled: taken.has(key) && key !== current,
          };
        }),
    }))
    .filter((group) => group.items.length > 0);

  const isKnown = current === null || fields.some((field) => keyOf(field) === current);
  const lost = {
    group: 'Not found',
    items: [{ value: current ?? '', label: `Missing field: ${value?.externalId}` }],
  };

  return (
    <>
      <Select
        size="xs"
        flex={1}
        aria-label={label}
        placeholder="Choose our field"
        searchable
        allowDeselect={false}
        maxDropdownHeight={320}
        nothingFoundMessage="No field has that name"
        data={[
          ...(isKnown ? [] : [lost]),
          ...data,
          { group: 'New', items: [{ value: addNew, label: 'Add new field…' }] },
        ]}
        value={current}
        onChange={(key) => {
          const field = fields.find((one) => keyOf(targetOf(one)) === key);
          if (key === addNew) setAdding(true);
          else if (field) onChange(targetOf(field));
        }}
      />
      {isAdding && (
        <NewFieldModal
          suggestion={suggestion}
          action="Create and map field"
          hasSaasUsers={fields.some((field) => field.recordType === 'saas_user')}
          onClose={() => setAdding(false)}
          onCreated={(field) => {
            setAdding(false);
            onChange(targetOf(field));
          }}
        />
      )}
    </>
  );
}
