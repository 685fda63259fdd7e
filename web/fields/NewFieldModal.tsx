import { Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Field, type FieldType, fieldTypes, type RecordType, toExternalId } from '#contract';
import { sentenceOf } from '../api/problem.ts';
import { useCreateField } from '../api/use-fields.ts';

interface Props {
  /** What the field is proposed to be. */
  suggestion?: { label: string; type: FieldType };
  /** False where only people have fields, as in a load of users only. */
  hasSaasUsers?: boolean;
  /** What becomes of it besides, such as *Create and map field*. */
  action?: string;
  onClose: () => void;
  onCreated: (field: Field) => void;
}

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

/** Adds a field of ours without leaving the page that needs it. */
export function NewFieldModal(props: Props) {
  const { suggestion = { label: '', type: 'long_text' }, hasSaasUsers = true } = props;
  const [label, setLabel] = useState(suggestion.label);
  const [recordType, setRecordType] = useState<RecordType>('person');
  const [type, setType] = useState<FieldType>(suggestion.type);
  const [isUnique, setUnique] = useState(false);
  const creation = useCreateField();
  const isReady = label.trim() !== '';
  const create = (): void =>
    creation.mutate(
      { label: label.trim(), recordType, type, isUnique, help: '' },
      { onSuccess: props.onCreated },
    );

  return (
    <Modal opened onClose={props.onClose} title="Add new field" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (isReady) create();
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
            description={isReady && <>Templates call it {`{{${toExternalId(label)}}}`}</>}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
          {hasSaasUsers && (
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
          )}
          <Select
            label="Type"
            allowDeselect={false}
            data={fieldTypes.map((value) => ({ value, label: fieldTypeLabels[value] }))}
            value={type}
            onChange={(value) => value && setType(value as FieldType)}
          />
          <Checkbox
            label="Unique"
            description="No two records have the same value. Only unique fields can be sync keys."
            checked={isUnique}
            onChange={(event) => setUnique(event.currentTarget.checked)}
          />
          {creation.error && (
            <Text size="sm" c="var(--rc-danger-text)" role="alert">
              {sentenceOf(creation.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending} disabled={!isReady}>
              {props.action ?? 'Create field'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
