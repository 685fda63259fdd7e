import { Anchor, Code, Stack, Text } from '@mantine/core';
import { ExternalLink, TriangleAlert } from 'lucide-react';
import type { Preset, Vendor } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { Note } from '../../editor/Note.tsx';
import { findSettingError, useSettingError } from '../../fields/form-world.ts';
import { ReferenceField } from '../../fields/ReferenceField.tsx';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import { useFormIssues } from '../../fields/use-form-issues.ts';
import { type ApiTabProps, missingScopes } from '../api-panel.ts';

type Props = ApiTabProps & { vendor: Vendor; preset: Preset };

/** What a preset asks for: the credential and its inputs, with what the vendor says about it. */
export function ConfigureTab({ settings, change, vendor, preset }: Props) {
  const { credentials } = useCatalogue();
  const issues = useFormIssues();
  const credentialError = useSettingError('authorization');
  const { authorization } = settings;
  const credentialId = authorization.mode === 'static' ? authorization.credentialId : '';
  const credential = credentials.find((one) => one.id === credentialId);
  const lacking = credential ? missingScopes(preset, credential.scopes) : [];

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {preset.summary}{' '}
        <Anchor href={preset.docs} target="_blank" rel="noreferrer" size="sm">
          {vendor.title} documentation <ExternalLink size={12} aria-label="opens in a new tab" />
        </Anchor>
      </Text>
      {authorization.mode === 'static' ? (
        <ReferenceField
          kind="credential"
          label="Credential"
          required
          vendorId={vendor.id}
          error={credentialError}
          value={authorization.credentialId}
          onChange={(id) => change({ authorization: { mode: 'static', credentialId: id } })}
        />
      ) : (
        <Text size="sm">
          The credential is named by the field <Code>{authorization.field}</Code>. Change it in Advanced Mode.
        </Text>
      )}
      {lacking.length > 0 && (
        <Note tone="warning" icon={TriangleAlert}>
          {credential?.name} does not ask for {lacking.map((scope) => `“${scope}”`).join(', ')}. Add the scope
          to the credential and authenticate again.
        </Note>
      )}
      {preset.inputs.map((input) => (
        <TemplateInput
          key={input.name}
          label={input.label}
          description={input.hint}
          required={input.required}
          error={findSettingError(issues, `inputs.${input.name}`)}
          value={settings.inputs[input.name] ?? ''}
          onChange={(value) => change({ inputs: { ...settings.inputs, [input.name]: value } })}
        />
      ))}
      <div>
        <Text size="sm" fw={500}>
          Request
        </Text>
        <Code block mt={4} style={{ fontSize: 12, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {settings.method} {settings.url}
        </Code>
        <Text size="xs" c="dimmed" mt={4}>
          Advanced Mode shows and changes every part of it.
        </Text>
      </div>
      {preset.scopes.length > 0 && (
        <div>
          <Text size="sm" fw={500}>
            Scopes it needs
          </Text>
          {preset.scopes.map((scope) => (
            <Text key={scope} size="xs" ff="monospace" c="dimmed" mt={2}>
              {scope}
            </Text>
          ))}
        </div>
      )}
    </Stack>
  );
}
