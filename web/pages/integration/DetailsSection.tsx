import { Button, Group, Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Integration, loadModes, loadPreferences } from '#contract';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import stack from '../../ui/Stack.module.css';
import { modeWords, preferenceWords } from '../integrations/load-words.ts';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';

/** Name, what is written, and whether people are created or only updated. */
export function DetailsSection(props: SectionProps) {
  const { integration, missing, isEditing, onEdit, onDone } = props;
  return (
    <Section
      name="details"
      title="Details"
      summary={`${modeWords[integration.mode].label}, ${preferenceWords[integration.preference].label}`}
      missing={missing}
      isEditing={isEditing}
      isOpenAtFirst={integration.status === 'draft' || missing.length > 0}
      onEdit={onEdit}
    >
      {isEditing ? (
        <DetailsForm integration={integration} onDone={onDone} />
      ) : (
        <KeyValues
          rows={[
            ['Name', integration.name],
            ['Mode', modeWords[integration.mode].label],
            ['Integration preference', preferenceWords[integration.preference].label],
            ['Installation type', 'Cloud: this server keeps the credentials'],
          ]}
        />
      )}
    </Section>
  );
}

function DetailsForm({ integration, onDone }: { integration: Integration; onDone: () => void }) {
  const change = useChangeIntegration(integration.id);
  const form = useForm({
    initialValues: { name: integration.name, mode: integration.mode, preference: integration.preference },
    validate: { name: (name) => (name.trim() === '' ? 'Enter a name.' : null) },
  });
  return (
    <form
      className={`${stack.stack} ${stack.narrow}`}
      onSubmit={form.onSubmit((values) => change.mutate(values, { onSuccess: onDone }))}
      noValidate
    >
      <TextInput label="Name" required maxLength={120} {...form.getInputProps('name')} />
      <Radio.Group label="Mode" {...form.getInputProps('mode')}>
        <div className={stack.choices}>
          {loadModes.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={modeWords[mode].label}
              description={modeWords[mode].summary}
            />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group label="Integration preference" {...form.getInputProps('preference')}>
        <div className={stack.choices}>
          {loadPreferences.map((preference) => (
            <Radio
              key={preference}
              value={preference}
              label={preferenceWords[preference].label}
              description={preferenceWords[preference].summary}
            />
          ))}
        </div>
      </Radio.Group>
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
