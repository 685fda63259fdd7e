import { Select, Stack, TagsInput, Text } from '@mantine/core';
import type { ApiSettings } from '#contract';
import { useSettingError } from '../../fields/form-world.ts';
import type { ApiTabProps } from '../api-panel.ts';
import { ConditionRows } from './ConditionRows.tsx';

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
      <ConditionRows rows={settings.conditions} onChange={(conditions) => change({ conditions })} />
    </Stack>
  );
}
