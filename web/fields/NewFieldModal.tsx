import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Field, type FieldType, fieldTypes, type RecordType, toExternalId } from '#contract';
import { ApiError } from '../api/problem.ts';
import { useCreateField } from '../api/use-fields.ts';
import { DialogFoot } from '../ui/DialogFoot.tsx';
import { type FieldDraft, FieldInputs, reasonAgainstUnique } from './FieldInputs.tsx';
import { fieldTypeLabels } from './field-words.ts';

interface Props {
  /** What the field is proposed to be. */
  suggestion?: { label?: string; type?: FieldType; recordType?: RecordType };
  /** False where only people have fields, as in a load of users only. */
  hasSaasUsers?: boolean;
  /** What becomes of it besides, such as *Create and map field*. */
  action?: string;
  onClose: () => void;
  onCreated: (field: Field) => void;
}

const places = ['label', 'externalId', 'isUnique', 'choices'];

/** Adds a field of people or of SaaS users, without leaving the page that needs it. */
export function NewFieldModal(props: Props) {
  const { suggestion = {}, hasSaasUsers = true, action = 'Add field' } = props;
  const label = suggestion.label ?? '';
  const [draft, setDraft] = useState<FieldDraft>({ label, help: '', choices: [], isUnique: false });
  const [recordType, setRecordType] = useState(suggestion.recordType ?? 'person');
  const [type, setType] = useState(suggestion.type ?? 'text');
  const [typedId, setTypedId] = useState<string | null>(null);
  const creation = useCreateField();
  const error = creation.error instanceof ApiError ? creation.error : null;
  const isReady = draft.label.trim() !== '';
  const externalId = typedId ?? (isReady ? toExternalId(draft.label) : '');

  const create = (): void =>
    creation.mutate(
      {
        ...draft,
        label: draft.label.trim(),
        recordType,
        type,
        externalId,
        choices: type === 'choice' ? draft.choices : [],
        isUnique: draft.isUnique && reasonAgainstUnique({ recordType, type }) === undefined,
      },
      { onSuccess: props.onCreated },
    );

  return (
    <Modal
      opened
      onClose={props.onClose}
      closeOnClickOutside={draft.label === label}
      title="Add field"
      size="md"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // The form that it was opened from is not sent.
          event.stopPropagation();
          if (isReady) create();
        }}
      >
        <Stack gap="sm">
          <Group grow align="flex-start">
            {hasSaasUsers && (
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
            )}
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
          <DialogFoot error={!places.includes(error?.place ?? '') && creation.error} onClose={props.onClose}>
            <Button type="submit" loading={creation.isPending} disabled={!isReady}>
              {action}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </Modal>
  );
}
