import { NumberInput, Select, Stack, TagsInput, Text } from '@mantine/core';
import type { ApiSettings } from '#contract';
import { useSettingError } from '../../fields/form-world.ts';
import type { ApiTabProps } from '../api-panel.ts';

/** Which answers count as success; all others leave by the failure exit. */
export function ValidationTab({ settings, change, preset }: ApiTabProps) {
  const { success } = settings;
  const setStatuses = (texts: string[]): void => {
    const statuses = texts
      .map(Number)
      .filter((status) => Number.isInteger(status) && status >= 100 && status <= 599);
    if (statuses.length > 0) change({ success: { ...success, statuses } });
  };

  return (
    <Stack gap="md">
      <TagsInput
        label="Statuses that mean success"
        description="Every other status leaves by the failure exit."
        placeholder="Add a status"
        error={useSettingError('success')}
        data={['200', '201', '202', '204']}
        value={success.statuses.map(String)}
        onChange={setStatuses}
      />
      <Select
        label="Body of the answer"
        allowDeselect={false}
        data={[
          { value: 'json', label: 'JSON, else it is a failure' },
          { value: 'none', label: 'Empty is fine' },
          { value: 'any', label: 'Anything' },
        ]}
        value={success.mediaType}
        onChange={(mediaType) =>
          mediaType &&
          change({ success: { ...success, mediaType: mediaType as ApiSettings['success']['mediaType'] } })
        }
      />
      {preset?.notFound?.done && (
        <Text size="xs" c="dimmed">
          {preset.notFound.statuses.join(', ')} counts as success, too, where the vendor says that it is this
          account that is gone.
        </Text>
      )}
      <NumberInput
        label="Timeout"
        suffix=" s"
        w={150}
        min={1}
        max={60}
        error={useSettingError('timeoutMs')}
        value={settings.timeoutMs / 1000}
        onChange={(value) => Number(value) >= 1 && change({ timeoutMs: Math.min(60, Number(value)) * 1000 })}
      />
      <NumberInput
        label="Attempts"
        description="Calls that are not safe to repeat are never repeated."
        w={150}
        min={1}
        max={10}
        error={useSettingError('attempts')}
        value={settings.attempts}
        onChange={(value) =>
          Number(value) >= 1 && change({ attempts: Math.min(10, Math.round(Number(value))) })
        }
      />
    </Stack>
  );
}
