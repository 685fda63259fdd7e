import { Stack, Text } from '@mantine/core';
import type { ApiTabProps } from '../api-panel.ts';
import { ResponseRows } from './ResponseRows.tsx';

/** What is kept of an answer, for each outcome. */
export function ResponseTab({ settings, change }: ApiTabProps) {
  const { response } = settings;
  return (
    <Stack gap="lg">
      <Text size="xs" c="dimmed">
        {'{{response}}'} is the whole answer, {'{{response.items.[0].id}}'} one value of it.
      </Text>
      <ResponseRows
        title="After success"
        setting="response.success"
        rows={response.success}
        onChange={(success) => change({ response: { ...response, success } })}
      />
      <ResponseRows
        title="After failure"
        setting="response.failure"
        rows={response.failure}
        onChange={(failure) => change({ response: { ...response, failure } })}
      />
    </Stack>
  );
}
