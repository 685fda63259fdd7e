import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { LockKeyhole, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { type GlobalVariableView, globalNameSchema } from '#contract';
import { ApiError, sentenceOf } from '../../api/problem.ts';
import { useSaveGlobalVariable } from '../../api/use-global-variables.ts';
import { Note } from '../../editor/Note.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { sayDone } from '../../ui/toast.ts';
import { useLeaveGuard } from '../../ui/use-leave-guard.tsx';
import { readValue, toDraft, typeLabels, type VariableDraft, type VariableType } from './variable-draft.ts';

interface Props {
  /** Null for a new one. */
  variable: GlobalVariableView | null;
  onClose: () => void;
}

/** Adds a global variable, or changes its value and its note. */
export function VariableDialog({ variable, onClose }: Props) {
  const before = toDraft(variable);
  const [draft, setDraft] = useState(before);
  const [isTried, setTried] = useState(false);
  const save = useSaveGlobalVariable(variable);
  const error = save.error instanceof ApiError ? save.error : null;
  const at = (place: string) => error?.place?.endsWith(place) && sentenceOf(error);
  const value = readValue(draft);
  const wrongName = variable ? undefined : reasonAgainst(draft.name.trim());
  const isChanged = JSON.stringify(draft) !== JSON.stringify(before);
  const isReady = isChanged && draft.name.trim() !== '' && value !== null;
  const agreed = variable?.uses.filter(({ isHarmful }) => isHarmful) ?? [];
  const guard = useLeaveGuard({
    isDirty: isChanged,
    what: variable ? `the variable ${variable.name}` : 'the new variable',
  });
  const change = (part: Partial<VariableDraft>): void => setDraft({ ...draft, ...part });
  const send = (): void => {
    setTried(true);
    if (!isReady || wrongName !== undefined) return;
    const name = draft.name.trim();
    save.mutate(
      { name, note: draft.note.trim(), ...(agreed.length === 0 ? { value } : { value: variable!.value }) },
      {
        onSuccess: () => {
          guard.release();
          sayDone(variable ? `${name} is saved.` : `${name} can be used in templates now.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={() => guard.leave(onClose)}
      title={variable ? `Change ${variable.name}` : 'Add global variable'}
      size="md"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="sm">
          {!variable && (
            <TextInput
              label="Name"
              description="Vendor.Key, such as Zendesk.Subdomain. Templates call it so; it cannot be changed later."
              data-autofocus
              required
              maxLength={121}
              value={draft.name}
              error={(isTried && wrongName) || at('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          )}
          <Group align="flex-start" gap="sm" wrap="nowrap">
            <Select
              label="Type"
              w={130}
              allowDeselect={false}
              disabled={agreed.length > 0}
              data={Object.entries(typeLabels).map(([type, label]) => ({ value: type, label }))}
              value={draft.type}
              onChange={(type) => type && change({ type: type as VariableType, text: textFor(type) })}
            />
            <ValueInput draft={draft} isFixed={agreed.length > 0} error={at('value')} onChange={change} />
          </Group>
          <TextInput
            label="Note"
            description="What it is for."
            maxLength={500}
            value={draft.note}
            error={at('note')}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
          {agreed.length > 0 ? (
            <Note tone="warning" icon={ShieldCheck}>
              By this value {agreed.map(({ name }) => `“${name}”`).join(', ')}{' '}
              {agreed.length === 1 ? 'takes' : 'take'} something from people, as was agreed to. To change it,
              deactivate the workflow first, and launch it again afterwards.
            </Note>
          ) : (
            <Note tone="neutral" icon={LockKeyhole}>
              Not for secrets: everybody who may see workflows reads it. Passwords, tokens and keys belong
              into a credential.
            </Note>
          )}
          <DialogFoot
            error={!['name', 'value', 'note'].some((place) => error?.place?.endsWith(place)) && error}
            onClose={() => guard.leave(onClose)}
          >
            <Button type="submit" loading={save.isPending} disabled={!isReady}>
              {variable ? 'Save variable' : 'Add variable'}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
      {guard.dialog}
    </Modal>
  );
}

/** What is wrong with a name; the server says the same. */
const reasonAgainst = (name: string): string | undefined =>
  globalNameSchema.safeParse(name).error?.issues[0]?.message;

/** Yes and no begin with an answer; a text and a number begin empty. */
const textFor = (type: string): string => (type === 'boolean' ? 'true' : '');

interface ValueInputProps {
  draft: VariableDraft;
  isFixed: boolean;
  error: string | false | undefined;
  onChange: (part: Partial<VariableDraft>) => void;
}

function ValueInput({ draft, isFixed, error, onChange }: ValueInputProps) {
  if (draft.type === 'boolean') {
    return (
      <Select
        label="Value"
        flex={1}
        allowDeselect={false}
        disabled={isFixed}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={draft.text}
        error={error}
        onChange={(text) => text && onChange({ text })}
      />
    );
  }
  const isNoNumber = draft.type === 'number' && draft.text.trim() !== '' && readValue(draft) === null;
  return (
    <TextInput
      label="Value"
      flex={1}
      required
      disabled={isFixed}
      maxLength={1000}
      inputMode={draft.type === 'number' ? 'decimal' : 'text'}
      value={draft.text}
      error={error || (isNoNumber && 'Enter a number, such as 62 or 0.5.')}
      onChange={(event) => onChange({ text: event.currentTarget.value })}
    />
  );
}
