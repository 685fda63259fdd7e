import { Select, Stack, TextInput } from '@mantine/core';
import { type ApiSettings, effectOfCall, type HttpMethod, httpMethods, isAboutNobody } from '#contract';
import { useSettingError } from '../../fields/form-world.ts';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import type { ApiTabProps } from '../api-panel.ts';

type Props = ApiTabProps & { name: string; onRename: (name: string) => void };

/** Name, method and URL. */
export function InformationTab({ settings, change, vendor, preset, name, onRename }: Props) {
  const urlError = useSettingError('url');
  const actsOnError = useSettingError('actsOn');
  const isMade = isAboutNobody({ ...settings, actsOn: 'account' }, preset);
  const isUnknown = effectOfCall(settings, preset).does === 'unknown';
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="Say what it does: the name stands in runs and histories."
        maxLength={120}
        value={name}
        onChange={(event) => onRename(event.currentTarget.value)}
      />
      <Select
        label="HTTP method"
        w={150}
        allowDeselect={false}
        data={[...httpMethods]}
        value={settings.method}
        error={useSettingError('method')}
        onChange={(method) => method && change({ method: method as HttpMethod })}
      />
      <TemplateInput
        label="URL"
        isLong
        minRows={1}
        placeholder="/people/{{webex_user_id}}"
        description={
          vendor
            ? `A path below ${vendor.baseUrl}, or a whole https URL on a host of the credential.`
            : 'A path below the credential’s base URL, or a whole https URL on one of its hosts.'
        }
        error={urlError}
        value={settings.url}
        onChange={(url) => change({ url: url.replaceAll('\n', '') })}
      />
      {isUnknown && !isMade && (
        <Select
          label="Acts on"
          description="Before a request that may take something, the account that it names is looked at and its state is kept. Without an account nothing is sent, unless you say that it is about nobody’s."
          allowDeselect={false}
          error={actsOnError}
          data={[
            { value: 'account', label: 'An account, which is looked at first' },
            { value: 'nobody', label: 'Nobody’s account' },
          ]}
          value={settings.actsOn}
          onChange={(actsOn) => actsOn && change({ actsOn: actsOn as ApiSettings['actsOn'] })}
        />
      )}
    </Stack>
  );
}
