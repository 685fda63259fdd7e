import { Button, Checkbox, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Field, type FieldType, fieldTypes, type RecordType, toExternalId } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useCreateField } from '../../api/use-fields.ts';
import { fieldTypeLabels } from '../../fields/NewFieldModal.tsx';

interface Props {
  suggestion: { label: string; type: FieldType };
  hasSaasUsers: boolean;
  onClose: () => void;
  onCreated: (field: Field) => void;
}

/** Adds a field of ours and maps it at once. */
export function NewTargetModal({ suggestion, hasSaasUsers, onClose, onCreated }: Props) {
  const [label, setLabel] = useState(suggestion.label);
  const [type, setType] = useState<FieldType>(suggestion.type);
  const [recordType, setRecordType] = useState<RecordType>('person');
  const [isUnique, setUnique] = useState(false);
  const creation = useCreateField();
  const isReady = label.trim() !== '';
  const create = (): void =>
    creation.mutate({ label: label.trim(), type, recordType, isUnique, help: '' }, { onSuccess: onCreated });
  return (
    <Modal opened onClose={onClose} title="Add new field">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (isReady) create();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Label"
            required
            maxLength={120}
            data-autofocus
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            description={isReady && `Templates name it {{${toExternalId(label)}}}`}
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
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending} disabled={!isReady}>
              Create and map field
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
