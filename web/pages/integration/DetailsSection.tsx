import type { Integration, Vendor } from '#contract';
import { useContactChoices } from '../../api/use-contacts.ts';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { toTitle } from '../../ui/words.ts';
import {
  installationWords,
  missingAccountsWords,
  modeWords,
  preferenceWords,
} from '../integrations/load-words.ts';
import { DetailsForm } from './DetailsForm.tsx';
import { Section } from './Section.tsx';
import type { SectionProps } from './section-props.ts';

/** Name, what the vendor must be told, what is written, and whom to tell when it goes wrong. */
export function DetailsSection(props: SectionProps) {
  const { integration, vendor, missing, isEditing, onEdit, onDone } = props;
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
        <DetailsForm integration={integration} vendor={vendor} onDone={onDone} />
      ) : (
        <DetailsFacts integration={integration} vendor={vendor} />
      )}
    </Section>
  );
}

function DetailsFacts({ integration, vendor }: { integration: Integration; vendor: Vendor }) {
  const { name, inputs, mode, preference, missingAccounts, contacts, installation } = integration;
  const operators = useContactChoices().data?.operators ?? [];
  const names = contacts.operatorIds.map((id) => operators.find((one) => one.id === id)?.name);
  const people = [...names.filter(Boolean), ...contacts.addresses];
  const { action, maxSharePercent } = missingAccounts;
  const limit = action === 'deactivate' ? `, up to ${maxSharePercent}% of them` : '';
  return (
    <KeyValues
      rows={[
        ['Name', name],
        ...vendor.load.inputs.map((input) => [toTitle(input.label), inputs[input.name]] as const),
        ['Mode', modeWords[mode].label],
        ['Integration preference', preferenceWords[preference].label],
        ...(mode === 'user'
          ? []
          : [['Missing accounts', `${missingAccountsWords[action].label}${limit}`] as const]),
        ['Installation type', installationWords[installation].label],
        ['Integration contacts', people.join(', ')],
      ]}
    />
  );
}
