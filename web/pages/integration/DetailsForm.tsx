import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { contactsSchema, type Integration, loadModes, loadPreferences, type Vendor } from '#contract';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import stack from '../../ui/Stack.module.css';
import { modeWords, preferenceWords } from '../integrations/load-words.ts';
import { ContactsInput } from './ContactsInput.tsx';
import { InstallationInput } from './InstallationInput.tsx';
import { LoadInput } from './LoadInput.tsx';
import { MissingAccountsInput } from './MissingAccountsInput.tsx';
import { WordedChoice } from './WordedChoice.tsx';

interface Props {
  integration: Integration;
  vendor: Vendor;
  onDone: () => void;
}

/** Everything about an integration that is neither its credential, its schedule nor its mapping. */
export function DetailsForm({ integration, vendor, onDone }: Props) {
  const change = useChangeIntegration(integration.id);
  const { name, inputs, mode, preference, missingAccounts, contacts, installation, agentId } = integration;
  const form = useForm({
    initialValues: { name, inputs, mode, preference, missingAccounts, contacts, installation, agentId },
    validate: {
      name: (value) => (value.trim() === '' ? 'Enter a name.' : null),
      agentId: (value, { installation }) =>
        installation === 'local' && value === null ? 'Choose an agent.' : null,
      contacts: (value) => contactsSchema.safeParse(value).error?.issues[0]?.message ?? null,
    },
  });
  const { values, setFieldValue: set } = form;
  return (
    <form
      className={`${stack.stack} ${stack.narrow}`}
      onSubmit={form.onSubmit((values) =>
        change.mutate({ ...values, was: form.getInitialValues() }, { onSuccess: onDone }),
      )}
      noValidate
    >
      <TextInput label="Name" required maxLength={120} {...form.getInputProps('name')} />
      {vendor.load.inputs.map((input) => (
        <LoadInput
          key={input.name}
          integration={integration}
          vendor={vendor}
          input={input}
          value={values.inputs[input.name] ?? ''}
          onChange={(value) => set('inputs', { ...values.inputs, [input.name]: value })}
        />
      ))}
      <WordedChoice
        label="Mode"
        options={loadModes}
        words={modeWords}
        value={values.mode}
        onChange={(next) => set('mode', next)}
      />
      <WordedChoice
        label="Integration preference"
        options={loadPreferences}
        words={preferenceWords}
        value={values.preference}
        onChange={(next) => set('preference', next)}
      />
      {values.mode === 'user_and_saas_user' && (
        <MissingAccountsInput
          value={values.missingAccounts}
          onChange={(next) => set('missingAccounts', next)}
        />
      )}
      <InstallationInput
        value={values}
        onChange={(next) => form.setValues(next)}
        error={form.errors.agentId}
      />
      <ContactsInput
        value={values.contacts}
        onChange={(next) => set('contacts', next)}
        error={form.errors.contacts}
      />
      {change.error && <ErrorState error={change.error} />}
      <Group gap="xs">
        <Button type="submit" loading={change.isPending}>
          Save details
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
