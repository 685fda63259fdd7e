import { Input, SegmentedControl, Select, Stack } from '@mantine/core';
import type { ApiSettings } from '#contract';
import { useCatalogue } from '../../editor/catalogue.ts';
import { useSettingError } from '../../fields/form-world.ts';
import { ReferenceField } from '../../fields/ReferenceField.tsx';
import type { ApiTabProps } from '../api-panel.ts';

/** Where a free request goes, and which credential signs it: always the same, or the one that a field of the record names. */
export function AuthorizationTab({ settings, change, vendor }: ApiTabProps) {
  const { fields } = useCatalogue();
  const error = useSettingError('authorization');
  const vendorError = useSettingError('vendorId');
  const { authorization, presetId } = settings;

  return (
    <Stack gap="md">
      {presetId === '' && (
        <ReferenceField
          kind="vendor"
          label="Vendor"
          hint="Its stops, limits and protections hold for the request."
          error={vendorError}
          value={settings.vendorId}
          onChange={(vendorId) => change({ vendorId, authorization: withoutChoice(authorization) })}
        />
      )}
      <Input.Wrapper label="Mode" labelElement="div">
        <SegmentedControl
          mt={4}
          fullWidth
          size="xs"
          aria-label="Mode"
          value={authorization.mode}
          onChange={(mode) =>
            change({
              authorization:
                mode === 'dynamic' ? { mode: 'dynamic', field: '' } : { mode: 'static', credentialId: '' },
            })
          }
          data={[
            { value: 'static', label: 'Static: one credential' },
            { value: 'dynamic', label: 'Dynamic: named by a field' },
          ]}
        />
      </Input.Wrapper>
      {authorization.mode === 'static' ? (
        <ReferenceField
          kind="credential"
          label="Credential"
          {...(vendor ? { vendorId: vendor.id } : {})}
          error={error}
          value={authorization.credentialId}
          onChange={(credentialId) => change({ authorization: { mode: 'static', credentialId } })}
        />
      ) : (
        <Select
          label="Field"
          description="Its value is the name of the credential, so that one workflow can serve several tenants."
          placeholder="Choose a field"
          searchable
          error={error}
          data={fields.map((field) => ({
            value: `${field.recordType}.${field.externalId}`,
            label: `${field.recordType === 'person' ? 'Person' : 'SaaS user'}: ${field.label}`,
          }))}
          value={fieldValue(authorization.field, fields)}
          onChange={(value) => change({ authorization: { mode: 'dynamic', field: value ?? '' } })}
        />
      )}
    </Stack>
  );
}

/** A credential of the vendor before is none of the next one's. */
function withoutChoice(authorization: ApiSettings['authorization']): ApiSettings['authorization'] {
  return authorization.mode === 'dynamic' ? authorization : { mode: 'static', credentialId: '' };
}

function fieldValue(
  name: string,
  fields: readonly { recordType: string; externalId: string }[],
): string | null {
  // A name alone means the SaaS user's field before the person's; with its record it means one of them.
  const field =
    fields.find((one) => `${one.recordType}.${one.externalId}` === name) ??
    fields.findLast((one) => one.externalId === name);
  return field ? `${field.recordType}.${field.externalId}` : null;
}
