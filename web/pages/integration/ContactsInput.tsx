import { MultiSelect, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Contacts } from '#contract';
import { useContactChoices } from '../../api/use-contacts.ts';
import { Notice } from '../../ui/Notice.tsx';
import stack from '../../ui/Stack.module.css';

interface Props {
  value: Contacts;
  onChange: (value: Contacts) => void;
  error?: ReactNode;
}

/** Whom to tell when a load goes wrong. */
export function ContactsInput({ value, onChange, error }: Props) {
  const choices = useContactChoices().data;
  const operators = choices?.operators ?? [];
  return (
    <div className={stack.stack}>
      <MultiSelect
        label="Integration contacts"
        description="Told in the app and by e-mail when a load failed, has not finished within 24 hours, or did not start."
        placeholder={value.operatorIds.length === 0 ? 'Everybody is told in the app' : ''}
        data={operators.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
        value={value.operatorIds.filter((id) => operators.some((one) => one.id === id))}
        onChange={(operatorIds) => onChange({ ...value, operatorIds })}
        searchable
        nothingFoundMessage="No operator has that name."
      />
      {choices?.sendsMail === false ? (
        <Notice tone="neutral" title="This server sends no e-mails">
          Set ROLLCALL_SMTP_URL and ROLLCALL_MAIL_FROM and start it again. Until then, contacts are told in
          the app.
        </Notice>
      ) : (
        <TagsInput
          label="More e-mail addresses"
          description="Such as a mailing list. Press Enter after each."
          value={value.addresses}
          onChange={(addresses) => onChange({ ...value, addresses })}
          acceptValueOnBlur
          error={error}
        />
      )}
    </div>
  );
}
