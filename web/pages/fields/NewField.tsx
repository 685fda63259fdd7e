import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Field, type FieldType, fieldTypes, type RecordType, toExternalId } from '#contract';
import { ApiError, sentenceOf } from '../../api/problem.ts';
import { useCreateField } from '../../api/use-fields.ts';
import { fieldTypeLabels } from '../../fields/NewFieldModal.tsx';
import { type FieldDraft, FieldInputs } from './FieldInputs.tsx';

interface Props {
  recordType: RecordType;
  onClose: () => void;
  onCreated: (field: Field) => void;
}

/** Adds a field of people or of SaaS users. */
export function NewField({ recordType: first, onClose, onCreated }: Props) {
  const [draft, setDraft] = useState<FieldDraft>({ label: '', help: '', choices: [], isUnique: false });
  const [recordType, setRecordType] = useState(first);
  const [type, setType] = useState<FieldType>('text');
  const [typedId, setTypedId] = useState<string | null>(null);
  const creation = useCreateField();
  const error = creation.error instanceof ApiError ? creation.error : null;
  const externalId = typedId ?? (draft.label.trim() === '' ? '' : toExternalId(draft.label));
  const isPlaced = ['label', 'externalId', 'isUnique', 'choices'].includes(error?.place ?? '');

  const create = (): void => {
    const choices = type === 'choice' ? draft.choices : [];
    creation.mutate(
      { ...draft, label: draft.label.trim(), recordType, type, externalId, choices },
      { onSuccess: onCreated },
    );
  };

  return (
    <Modal opened onClose={onClose} title="Add field" size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Stack gap="sm">
          <Group grow align="flex-start">
            <Select
              label="Belongs to"
              allowDeselect={false}
              data={[
                { value: 'person', label: 'People' },
                { value: 'saas_user', label: 'SaaS users' },
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
          </Group>
          <FieldInputs of={{ recordType, type }} draft={draft} onChange={setDraft} error={error} />
          <TextInput
            label="External ID"
            description="What templates call it. It cannot be changed later."
            maxLength={64}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={externalId}
            error={error?.place === 'externalId' ? error.detail : undefined}
            onChange={(event) => setTypedId(event.currentTarget.value)}
          />
          {creation.error && !isPlaced && (
            <Text size="sm" c="var(--rc-danger-text)" role="alert">
              {sentenceOf(creation.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending} disabled={draft.label.trim() === ''}>
              Add field
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
