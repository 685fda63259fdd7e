import { Button } from '@mantine/core';
import { Check, Plus, SearchX } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { Field } from '#contract';
import { useFields } from '../api/use-fields.ts';
import { useCan } from '../api/use-session.ts';
import { fieldTypeLabels } from '../fields/field-words.ts';
import { NewFieldModal } from '../fields/NewFieldModal.tsx';
import { Choice } from '../ui/Choice.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { sayDone } from '../ui/toast.ts';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { FieldDrawer } from './fields/FieldDrawer.tsx';

const filterSchema = z.object({
  of: z.enum(['person', 'saas_user']).catch('person'),
  search: z.string().catch(''),
  /** The field that is open beside the list. */
  field: z.string().catch(''),
});
const kinds = [
  { value: 'person', label: 'People' },
  { value: 'saas_user', label: 'SaaS users' },
] as const;

const columns: Column<Field>[] = [
  {
    key: 'label',
    header: 'Label',
    cell: (field) => field.label,
    isWrapped: true,
    width: '26%',
  },
  {
    key: 'id',
    header: 'External ID',
    cell: (field) => (
      <span style={{ whiteSpace: 'nowrap' }}>
        <Mono>{field.externalId}</Mono>
      </span>
    ),
  },
  { key: 'type', header: 'Type', cell: (field) => fieldTypeLabels[field.type], width: 150, from: 'sm' },
  { key: 'unique', header: 'Unique', cell: (field) => field.isUnique && <Yes />, width: 90, from: 'sm' },
  {
    key: 'required',
    header: 'Required',
    cell: (field) => field.isRequired && <Yes />,
    width: 100,
    from: 'sm',
  },
  {
    key: 'origin',
    header: 'Origin',
    cell: (field) => (field.isBuiltIn ? 'Built in' : 'Added here'),
    width: 120,
    from: 'md',
  },
];

/** The values that are kept about people and SaaS users. */
export function FieldsPage() {
  const [filter, change] = useFilter(filterSchema);
  const [isAdding, setAdding] = useState(false);
  const fields = useFields();
  const wanted = filter.search.trim().toLowerCase();
  const shown = fields.data?.filter(
    (field) =>
      field.recordType === filter.of && `${field.label} ${field.externalId}`.toLowerCase().includes(wanted),
  );
  const canAdd = useCan('integrations.write');
  return (
    <>
      <PageHeader
        title="Fields"
        summary="The values kept about people and SaaS users. Templates name a field by its external ID."
        actions={
          canAdd && (
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              Add field
            </Button>
          )
        }
      />
      <FilterBar count={shown && countOf(shown.length, 'field')}>
        <SearchInput label="Search fields" value={filter.search} onChange={(search) => change({ search })} />
        <Choice label="Fields of" options={kinds} value={filter.of} onChange={(of) => change({ of })} />
      </FilterBar>
      <Panel flush>
        <Loaded query={fields} rows={8}>
          {() =>
            shown?.length === 0 ? (
              <NoMatch onShowAll={() => change({ search: undefined })} />
            ) : (
              <DataTable
                label="Fields"
                columns={columns}
                rows={shown ?? []}
                rowKey={(field) => field.id}
                rowLink={(field) =>
                  `/fields?${new URLSearchParams({ of: field.recordType, search: filter.search, field: field.id })}`
                }
              />
            )
          }
        </Loaded>
      </Panel>
      {filter.field !== '' && <FieldDrawer id={filter.field} onClose={() => change({ field: undefined })} />}
      {isAdding && (
        <NewFieldModal
          suggestion={{ recordType: filter.of }}
          onClose={() => setAdding(false)}
          onCreated={(field) => {
            setAdding(false);
            change({ of: field.recordType });
            sayDone(`${field.label} can be mapped and used in templates now.`);
          }}
        />
      )}
    </>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No field matches"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show every field
        </Button>
      }
    >
      Fields are found by their label and by their external ID.
    </EmptyState>
  );
}

function Yes() {
  return <Check size={15} aria-label="yes" />;
}
