import { Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type Field, uniqueTypes } from '#contract';
import type { ApiError } from '../api/problem.ts';

/** What of a field can be changed at any time. */
export interface FieldDraft {
  label: string;
  help: string;
  choices: string[];
  isUnique: boolean;
}

interface Props {
  of: Pick<Field, 'recordType' | 'type'>;
  draft: FieldDraft;
  onChange: (draft: FieldDraft) => void;
  /** What the server refused, shown where it belongs. */
  error: ApiError | null;
}

/** Label, help, choices and whether a value may occur once only. */
export function FieldInputs({ of, draft, onChange, error }: Props) {
  const put = (part: Partial<FieldDraft>) => onChange({ ...draft, ...part });
  const errorAt = (place: string) => (error?.place === place ? error.detail : undefined);
  const whyNotUnique = reasonAgainstUnique(of);
  return (
    <>
      <TextInput
        label="Label"
        required
        maxLength={120}
        data-autofocus
        value={draft.label}
        error={errorAt('label')}
        onChange={(event) => put({ label: event.currentTarget.value })}
      />
      <Textarea
        label="Help"
        description="What belongs in it, for whoever edits a person."
        maxLength={500}
        autosize
        minRows={2}
        value={draft.help}
        onChange={(event) => put({ help: event.currentTarget.value })}
      />
      {of.type === 'choice' && (
        <TagsInput
          label="Choices"
          description="Offered when a person is edited. Loads may bring others. Press Enter after each."
          maxTags={200}
          value={draft.choices}
          error={errorAt('choices')}
          onChange={(choices) => put({ choices })}
        />
      )}
      <Switch
        label="Unique"
        description={
          whyNotUnique ?? 'No two people may have the same value; only such a field can be a sync key.'
        }
        checked={draft.isUnique && whyNotUnique === undefined}
        disabled={whyNotUnique !== undefined}
        error={errorAt('isUnique')}
        onChange={(event) => put({ isUnique: event.currentTarget.checked })}
      />
    </>
  );
}

/** Why values of such a field may occur more than once; undefined where they need not. */
export function reasonAgainstUnique({
  recordType,
  type,
}: Pick<Field, 'recordType' | 'type'>): string | undefined {
  if (recordType === 'saas_user')
    return 'Only fields of people can be unique: SaaS users are told apart by their identifier in the app.';
  return uniqueTypes.has(type) ? undefined : 'Values of this type cannot be unique.';
}
