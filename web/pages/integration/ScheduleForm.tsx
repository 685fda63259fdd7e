import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Integration } from '#contract';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { ScheduleInputs, ScheduleOutlook } from '../../fields/ScheduleInputs.tsx';
import {
  problemOf,
  type ScheduleDraft,
  scheduleKinds,
  toSchedule,
  toScheduleDraft,
} from '../../fields/schedule-draft.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import stack from '../../ui/Stack.module.css';
import { useNow } from '../../ui/use-now.ts';
/** Says when loads start, by choices or as cron text, and shows the next five times while it is typed. */
export function ScheduleForm({ integration, onDone }: { integration: Integration; onDone: () => void }) {
  const save = useChangeIntegration(integration.id);
  const [{ schedule }] = useState(integration);
  const [draft, setDraft] = useState(() => toScheduleDraft(schedule));
  const change = (part: Partial<ScheduleDraft>): void => setDraft((old) => ({ ...old, ...part }));
  const problem = problemOf(draft, useNow());
  return (
    <form
      className={`${stack.stack} ${stack.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== null) return;
        save.mutate({ schedule: toSchedule(draft), was: { schedule } }, { onSuccess: onDone });
      }}
      noValidate
    >
      <ScheduleInputs label="Loads start" kinds={scheduleKinds} draft={draft} change={change} />
      {draft.kind !== 'none' && <ScheduleOutlook draft={draft} problem={problem} />}
      {save.error && <ErrorState error={save.error} />}
      <Group gap="xs">
        <Button type="submit" disabled={problem !== null} loading={save.isPending}>
          Save schedule
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
