import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { ApiSettings, Block, ResponseRow, TestRequest, TestRequestInput } from '#contract';
import { useTestRequest } from '../../api/use-test-request.ts';
import { useEditor } from '../../editor/editor-world.ts';
import { effectWords } from '../../editor/effect-words.ts';
import { FailureLine } from '../../ui/FailureLine.tsx';
import { apiTabs, tabOfSetting } from '../api-panel.ts';
import { RecordSelect } from './RecordSelect.tsx';
import { TestedAnswer } from './TestedAnswer.tsx';
import { TestedRequest } from './TestedRequest.tsx';

type Props = {
  block: Block;
  settings: ApiSettings;
  onKeep: (row: ResponseRow, when: 'success' | 'failure') => void;
  onClose: () => void;
};

/** Tries the request of a block for one record: what would be sent, what comes back, and what to keep of it. */
export function TestRequestDialog({ block, settings, onKeep, onClose }: Props) {
  const { workflow } = useEditor();
  const [recordId, setRecordId] = useState<string | null>(null);
  const [values, setValues] = useState<Record<string, string>>({});
  const test = useTestRequest(workflow.id);
  const [isAsking, setIsAsking] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 640px)');
  // What was seen stays while the next is asked for, so that nothing jumps under the pointer.
  const [tried, setTried] = useState<TestRequest | null>(null);

  const ask = (mode: TestRequestInput['mode'], id = recordId): void => {
    if (id === null) return;
    const input = { type: block.type, settings: { ...settings }, recordId: id, values, mode };
    test.mutate(input, { onSuccess: setTried });
  };
  const fillable = new Set(
    [...(tried?.missing ?? []), ...Object.keys(values)].filter((name) => /^\w+$/.test(name)),
  );
  const problem = test.error?.message ?? tried?.refusal ?? null;

  return (
    <Modal
      opened
      onClose={onClose}
      title={`Test request of ${block.name}`}
      size="xl"
      fullScreen={isNarrow ?? false}
    >
      <Stack gap="md">
        <RecordSelect
          records={workflow.records}
          value={recordId}
          onChange={(id) => {
            setRecordId(id);
            setTried(null);
            setIsAsking(false);
            ask('show', id);
          }}
        />
        {tried?.issues.map((issue) => (
          <Alert key={`${issue.setting} ${issue.message}`} color="red" title={placeOf(issue.setting)}>
            {issue.message}
          </Alert>
        ))}
        {fillable.size > 0 && (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              These have no value for this record. A value that you type here is used for the test only.
            </Text>
            {[...fillable].map((name) => (
              <TextInput
                key={name}
                size="xs"
                label={name}
                value={values[name] ?? ''}
                onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
                onBlur={() => ask('show')}
              />
            ))}
          </Stack>
        )}
        {tried?.request && <TestedRequest request={tried.request} />}
        <FailureLine of={problem} />
        {tried?.sending === 'never' && !problem && (
          <Text size="sm">
            This takes something from somebody, so it is only shown here. A dry run says what would happen,
            and a run does it with its limits.
          </Text>
        )}
        {isAsking && (
          <Alert color="yellow" title="This is no dry run">
            Sent for this record, the call {effectWords[tried?.does ?? 'unknown']} at the vendor at once.
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Back to the block
          </Button>
          {tried?.sending === 'at-once' && (
            <Button loading={test.isPending} onClick={() => ask('read')}>
              Send the request
            </Button>
          )}
          {tried?.sending === 'after-yes' && !isAsking && (
            <Button loading={test.isPending} onClick={() => setIsAsking(true)}>
              Send the request…
            </Button>
          )}
          {tried?.sending === 'after-yes' && isAsking && (
            <Button
              loading={test.isPending}
              onClick={() => {
                setIsAsking(false);
                ask('change');
              }}
            >
              Yes, send it
            </Button>
          )}
        </Group>
        {tried?.answer && (
          <TestedAnswer
            tried={tried}
            answer={tried.answer}
            onKeep={(row) => onKeep(row, tried.exit === 'failure' ? 'failure' : 'success')}
          />
        )}
      </Stack>
    </Modal>
  );
}

/** Where a setting is found on the screen. */
function placeOf(setting: string | null): string {
  const tab = setting === null ? null : tabOfSetting(setting);
  return apiTabs.find(({ id }) => id === tab)?.label ?? 'Configure';
}
