import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMatches, useRunStart, useVersion } from '../api/use-workflow-draft.ts';
import { FailureLine } from '../ui/FailureLine.tsx';
import { useCatalogue } from './catalogue.ts';
import { useEditor } from './editor-world.ts';
import { findHarm, harmSentences } from './find-harm.ts';
import { RunFacts } from './RunFacts.tsx';

/** Says what a run will do, in words and numbers, before it starts. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  const { workflow } = useEditor();
  const { vendors } = useCatalogue();
  const navigate = useNavigate();
  const active = workflow.activeVersion;
  const version = useVersion(workflow.id, active?.number ?? null);
  const matches = useMatches(workflow.id, workflow.revision, active !== null);
  const start = useRunStart(workflow.id);
  const harms = version.data ? findHarm(version.data.graph, vendors) : [];
  const noun = workflow.records.kind === 'people' ? 'people' : 'SaaS users';
  const total = matches.data?.total;

  if (!active) {
    return (
      <Modal opened onClose={onClose} title="Nothing to run yet">
        <Stack gap="md">
          <Text size="sm">
            Runs start from a launched version, and this workflow has none. Launch it first; launching alone
            changes no record.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Back to the draft
            </Button>
          </Group>
        </Stack>
      </Modal>
    );
  }

  const isCounting = version.isPending || matches.isPending;
  const problem = version.error ?? matches.error ?? start.error;
  const loadsFirst = version.data?.graph.blocks.some((block) => block.type === 'user-load') ?? false;
  const count = total === undefined ? '' : total.toLocaleString();
  const label =
    total === undefined ? `Run over ${noun}` : `Run over ${count} ${total === 1 ? 'record' : noun}`;

  return (
    <Modal opened onClose={onClose} title={`Run ${workflow.name}`} size="md">
      <Stack gap="md">
        {isCounting ? (
          <Group gap="sm">
            <Loader size="sm" aria-hidden />
            <Text size="sm" c="dimmed">
              Counting what would be looked at…
            </Text>
          </Group>
        ) : (
          <RunFacts
            versionNumber={active.number}
            isDraftNewer={!workflow.isLaunched}
            total={total ?? 0}
            noun={noun}
            loadsFirst={loadsFirst}
            harm={harms.length === 0 ? null : harmSentences(harms)}
            isPermanent={harms.some(({ undo }) => undo.kind === 'permanent')}
          />
        )}
        <FailureLine of={problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            {...(harms.length > 0 ? { color: 'red.8' } : {})}
            disabled={isCounting}
            loading={start.isPending}
            onClick={() =>
              start.mutate(undefined, { onSuccess: (run) => void navigate({ to: `/runs/${run.id}` }) })
            }
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
