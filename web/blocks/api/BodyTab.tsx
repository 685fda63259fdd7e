import { SegmentedControl, Stack, Text } from '@mantine/core';
import type { ApiSettings } from '#contract';
import { useSettingError } from '../../fields/form-world.ts';
import { TemplateInput } from '../../fields/TemplateInput.tsx';
import type { ApiTabProps } from '../api-panel.ts';
import { toFormBody, toFormRows } from './form-rows.ts';
import { KeyValueTab } from './KeyValueTab.tsx';

const hints: Record<ApiSettings['bodyKind'], string> = {
  none: 'The request has no body.',
  json: 'A variable that stands alone keeps its type; text is escaped for you.',
  form: 'Sent as application/x-www-form-urlencoded; names and values are encoded for you.',
  text: 'Sent as it stands, as text/plain.',
};

/** What is sent with the request. */
export function BodyTab({ settings, change }: ApiTabProps) {
  const error = useSettingError('body');
  const { bodyKind, body } = settings;
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Kind of body"
        value={bodyKind}
        onChange={(kind) => change({ bodyKind: kind as ApiSettings['bodyKind'] })}
        data={[
          { value: 'none', label: 'None' },
          { value: 'json', label: 'JSON' },
          { value: 'form', label: 'Form' },
          { value: 'text', label: 'Text' },
        ]}
      />
      <Text size="xs" c="dimmed">
        {hints[bodyKind]}
      </Text>
      {bodyKind === 'form' && (
        <>
          <KeyValueTab
            setting="body"
            rows={toFormRows(body)}
            onChange={(rows) => change({ body: toFormBody(rows) })}
            addLabel="Add form field"
          />
          {error && (
            <Text size="xs" c="var(--rc-danger-text)">
              {error}
            </Text>
          )}
        </>
      )}
      {(bodyKind === 'json' || bodyKind === 'text') && (
        <TemplateInput
          ariaLabel="Body"
          isLong
          minRows={8}
          placeholder={bodyKind === 'json' ? '{\n  "displayName": "{{first_name}} {{last_name}}"\n}' : ''}
          error={error}
          value={body}
          onChange={(text) => change({ body: text })}
        />
      )}
    </Stack>
  );
}
