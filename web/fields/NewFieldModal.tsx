import { Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Field, type FieldType, fieldTypes, type RecordType, toExternalId } from '#contract';
import { useCreateField } from '../api/use-fields.ts';

type Props = { suggested?: string; onClose: () => void; onCreated: (field: Field) => void };

export const fieldTypeLabels: Record<FieldType, string> = {
  text: 'Text',
  long_text: 'Long text',
  number: 'Whole number',
  decimal: 'Decimal number',
  date: 'Date',
  datetime: 'Date and time',
  boolean: 'Yes or no',
  choice: 'Choice',
  list: 'List',
  email: 'Email',
  url: 'Web address',
  json: 'JSON',
};

/** Adds a custom field without leaving the block that needs it. */
export function NewFieldModal({ suggested = '', onClose, onCreated }: Props) {
  const [label, setLabel] = useState(suggested);
  const [recordType, setRecordType] = useState<RecordType>('person');
  const [type, setType] = useState<FieldType>('long_text');
  const [isUnique, setIsUnique] = useState(false);
  const creation = useCreateField();
  const externalId = label.trim() === '' ? '' : toExternalId(label);

  const create = (): void =>
    creation.mutate({ label: label.trim(), recordType, type, isUnique, help: '' }, { onSuccess: onCreated });

  return (
    <Modal opened onClose={onClose} title="Add new field" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          create();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            placeholder="API response"
            data-autofocus
            required
            maxLength={120}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            description={externalId && <>Templates call it {`{{${externalId}}}`}</>}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          <Select
            label="Belongs to"
            allowDeselect={false}
            data={[
              { value: 'person', label: 'Person' },
              { value: 'saas_user', label: 'SaaS user' },
            ]}
            value={recordType}
            onChange={(value) => setRecordType(value === 'saas_user' ? 'saas_user' : 'person')}
          />
          <Select
            label="Type"
            allowDeselect={false}
            data={fieldTypes.map((value) => ({ value, label: fieldTypeLabels[value] }))}
            value={type}
            onChange={(value) => value && setType(value as FieldType)}
          />
          <Checkbox
            label="Every value occurs once"
            checked={isUnique}
            onChange={(event) => setIsUnique(event.currentTarget.checked)}
          />
          {creation.error && (
            <Text size="sm" c="var(--rc-danger-text)" role="alert">
              {creation.error.message}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending} disabled={label.trim() === ''}>
              Create field
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
