import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Field, FieldDetails } from '#contract';
import { ApiError } from '../../api/problem.ts';
import { useChangeField, useField, useRemoveField } from '../../api/use-fields.ts';
import { useCan } from '../../api/use-session.ts';
import { type FieldDraft, FieldInputs } from '../../fields/FieldInputs.tsx';
import { fieldTypeLabels } from '../../fields/field-words.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FailureLine } from '../../ui/FailureLine.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { sayDone } from '../../ui/toast.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { countOf } from '../../ui/words.ts';
import classes from './FieldDrawer.module.css';

/** One field: what it is, what uses it, and what of it can be changed. */
export function FieldDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useField(id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={query.data?.field.label ?? 'Field'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Loaded query={query}>{(details) => <Details key={id} {...details} onClose={onClose} />}</Loaded>
    </Drawer>
  );
}

function Details({ field, uses, values, onClose }: FieldDetails & { onClose: () => void }) {
  const canEdit = useCan('integrations.write') && !field.isBuiltIn;
  return (
    <Stack gap="lg">
      <KeyValues
        rows={[
          ['Belongs to', field.recordType === 'person' ? 'People' : 'SaaS users'],
          ['Type', fieldTypeLabels[field.type]],
          [
            'External ID',
            <Mono key="id" copy="external ID">
              {field.externalId}
            </Mono>,
          ],
          ['Origin', field.isBuiltIn ? 'Built in' : 'Added here'],
          ...(field.isBuiltIn ? [] : ([['Values', countOf(values, 'record')]] as const)),
          ...(canEdit
            ? []
            : ([
                ['Unique', field.isUnique ? 'Yes' : 'No'],
                ['Help', field.help],
              ] as const)),
        ]}
      />
      <section aria-label="Used by">
        <h3 className={classes.head}>Used by</h3>
        {uses.length === 0 && (
          <Text size="sm" c="dimmed">
            No mapping and no workflow.
          </Text>
        )}
        <ul className={classes.uses}>
          {uses.map((use) => (
            <li key={use.id}>
              <RouteLink to={use.kind === 'integration' ? `/integrations/${use.id}` : `/workflows/${use.id}`}>
                {use.name}
              </RouteLink>
              <span>
                {use.kind === 'integration' ? 'Mapping' : 'Workflow'}
                {use.isSyncKey && ', sync key'}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {canEdit && <Editing field={field} uses={uses} values={values} onClose={onClose} />}
    </Stack>
  );
}

function Editing({ field, uses, values, onClose }: FieldDetails & { onClose: () => void }) {
  const before = toDraft(field);
  const [draft, setDraft] = useState(before);
  const [isRemoving, setRemoving] = useState(false);
  const change = useChangeField(field.id);
  const removal = useRemoveField(field.id);
  const error = change.error instanceof ApiError ? change.error : null;
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before);
  const guard = useLeaveGuard({
    isDirty: isChanged,
    what: `the field ${field.label}`,
    staysAt: (search) => search.field === field.id,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(draft, {
          onSuccess: ({ field: saved }) => {
            setDraft(toDraft(saved));
            sayDone(`${saved.label} is saved.`);
          },
        });
      }}
    >
      <Stack gap="sm">
        <FieldInputs of={field} draft={draft} onChange={setDraft} error={error} />
        <FailureLine of={!['label', 'isUnique', 'choices'].includes(error?.place ?? '') && change.error} />
        {uses.length > 0 && (
          <Text id="why-kept" size="sm" c="dimmed">
            Take it out of the mappings and workflows above before you remove it.
          </Text>
        )}
        <Group justify="space-between" gap="xs">
          <Button
            variant="subtle"
            color="red"
            disabled={uses.length > 0}
            aria-describedby={uses.length > 0 ? 'why-kept' : undefined}
            onClick={() => setRemoving(true)}
          >
            Remove field
          </Button>
          <Button type="submit" loading={change.isPending} disabled={!isChanged || draft.label.trim() === ''}>
            Save field
          </Button>
        </Group>
      </Stack>
      {isRemoving && (
        <ConfirmDialog
          title={`Remove ${field.label}?`}
          action="Remove field"
          isDestructive
          {...(values > 0 && { typed: field.externalId })}
          isPending={removal.isPending}
          error={removal.error}
          onClose={() => setRemoving(false)}
          onConfirm={() =>
            removal.mutate(undefined, {
              onSuccess: () => {
                sayDone(`${field.label} is removed.`);
                guard.release();
                onClose();
              },
            })
          }
        >
          {values > 0
            ? `${countOf(values, 'record')} ${values === 1 ? 'has' : 'have'} a value in it, which is removed too. Their history stays. This cannot be undone.`
            : 'No record has a value in it.'}
        </ConfirmDialog>
      )}
      {guard.dialog}
    </form>
  );
}

const toDraft = ({ label, help, isUnique, choices = [] }: Field): FieldDraft => ({
  label,
  help,
  isUnique,
  choices,
});
