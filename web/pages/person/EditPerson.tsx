import { Button, Drawer, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type Field, type Person, personValues, recordStates } from '#contract';
import { ApiError } from '../../api/problem.ts';
import { useFields } from '../../api/use-fields.ts';
import { useChangePerson } from '../../api/use-people.ts';
import { useRoles } from '../../api/use-roles.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { nameOf } from '../../ui/person-name.ts';
import { sayDone } from '../../ui/toast.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { countOf } from '../../ui/words.ts';
import { PersonInput } from './PersonInput.tsx';
import { type PersonDraft, toDraft, toValues } from './person-draft.ts';

/** Every value of a person, to be changed by hand. What is changed here, a later load may change again. */
export function EditPerson({ person, onClose }: { person: Person; onClose: () => void }) {
  const fields = useFields();
  const [isDirty, setDirty] = useState(false);
  const guard = useLeaveGuard({ isDirty, what: nameOf(person) });
  const done = (): void => {
    guard.release();
    onClose();
  };
  return (
    <Drawer
      opened
      onClose={() => guard.leave(onClose)}
      position="right"
      size="md"
      title="Edit person"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Loaded query={fields}>
        {(all) => (
          <Form
            person={person}
            fields={all.filter((field) => field.recordType === 'person')}
            onDirty={setDirty}
            onClose={() => guard.leave(onClose)}
            onDone={done}
          />
        )}
      </Loaded>
      {guard.dialog}
    </Drawer>
  );
}

interface FormProps {
  person: Person;
  fields: readonly Field[];
  onDirty: (isDirty: boolean) => void;
  onClose: () => void;
  onDone: () => void;
}

function Form({ person, fields, onDirty, onClose, onDone }: FormProps) {
  const before = toDraft(fields, personValues(person));
  const [draft, setDraft] = useState(before);
  const roles = useRoles().data ?? [];
  const change = useChangePerson(person.id);
  const changesOf = (next: PersonDraft) =>
    fields.filter(({ externalId }) => next[externalId] !== before[externalId]);
  const changed = changesOf(draft);
  const put = (next: PersonDraft): void => {
    setDraft(next);
    onDirty(changesOf(next).length > 0);
  };
  const error = change.error instanceof ApiError ? change.error : null;
  const isPlaced = fields.some(({ externalId }) => externalId === error?.place);
  const choicesOf = ({ externalId, choices = [] }: Field): readonly string[] => {
    if (externalId === 'role') return roles;
    return externalId === 'status' ? recordStates : choices;
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(toValues(changed, draft), {
          onSuccess: () => {
            sayDone(`${countOf(changed.length, 'value')} changed.`);
            onDone();
          },
        });
      }}
    >
      <Stack gap="sm">
        {fields.map((field) => (
          <PersonInput
            key={field.id}
            field={field}
            choices={choicesOf(field)}
            value={draft[field.externalId] ?? ''}
            error={error?.place === field.externalId ? error.detail : undefined}
            onChange={(value) => put({ ...draft, [field.externalId]: value })}
          />
        ))}
        <Text size="xs" c="dimmed">
          A load that maps one of these fields writes it again when the app says something else.
        </Text>
        <DialogFoot error={!isPlaced && change.error} onClose={onClose}>
          <Button type="submit" loading={change.isPending} disabled={changed.length === 0}>
            {changed.length === 0 ? 'Save' : `Save ${countOf(changed.length, 'value')}`}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
