import { Button, Chip, Group, Input, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Integration, nextTimes, toScheduleWords } from '#contract';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import stack from '../../ui/Stack.module.css';
import { useNow } from '../../ui/use-now.ts';
import { NextTimes } from './NextTimes.tsx';
import classes from './ScheduleForm.module.css';
import {
  dayChoices,
  hourChoices,
  problemOf,
  type ScheduleDraft,
  scheduleKinds,
  toSchedule,
  toScheduleDraft,
  weekDays,
} from './schedule-draft.ts';

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
      <div className={classes.row}>
        <Select
          label="Loads start"
          allowDeselect={false}
          data={[...scheduleKinds]}
          value={draft.kind}
          onChange={(kind) => kind && change({ kind })}
        />
        <WhenInputs draft={draft} change={change} />
        {draft.kind !== 'none' && (
          <Select
            label="Time zone"
            searchable
            allowDeselect={false}
            data={zonesWith(draft.timeZone)}
            value={draft.timeZone}
            onChange={(timeZone) => timeZone && change({ timeZone })}
          />
        )}
      </div>
      {draft.kind !== 'none' && <Outlook draft={draft} problem={problem} />}
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

interface InputsProps {
  draft: ScheduleDraft;
  change: (part: Partial<ScheduleDraft>) => void;
}

function WhenInputs({ draft, change }: InputsProps) {
  const { kind } = draft;
  if (kind === 'none') return null;
  if (kind === 'cron') {
    return (
      <TextInput
        label="Cron text"
        description="Minute, hour, day of the month, month, day of the week"
        value={draft.cron}
        onChange={(event) => change({ cron: event.currentTarget.value })}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    );
  }
  if (kind === 'hours') {
    return (
      <>
        <Select
          label="How often"
          allowDeselect={false}
          data={hourChoices}
          value={draft.every}
          onChange={(every) => every && change({ every })}
        />
        <NumberInput
          label="At minute"
          min={0}
          max={59}
          clampBehavior="strict"
          allowDecimal={false}
          value={draft.minute}
          onChange={(minute) => change({ minute })}
        />
      </>
    );
  }
  return (
    <>
      {kind === 'weekly' && (
        <Input.Wrapper label="On" labelElement="div" className={classes.days}>
          <Chip.Group multiple value={draft.days} onChange={(days) => change({ days })}>
            <Group gap={6}>
              {weekDays.map(({ value, label }) => (
                <Chip key={value} value={value} size="sm">
                  {label}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {kind === 'monthly' && (
        <Select
          label="On"
          allowDeselect={false}
          data={dayChoices}
          value={draft.day}
          onChange={(day) => day && change({ day })}
        />
      )}
      <TextInput
        type="time"
        label="At"
        value={draft.at}
        onChange={(event) => change({ at: event.currentTarget.value })}
      />
    </>
  );
}

/** What the draft comes to: its next five times, or why it cannot be. */
function Outlook({ draft, problem }: { draft: ScheduleDraft; problem: string | null }) {
  const nowMs = useNow();
  const schedule = problem === null ? toSchedule(draft) : null;
  if (!schedule) {
    return (
      <p role="alert" className={classes.problem}>
        {problem}
      </p>
    );
  }
  const times = nextTimes(schedule, nowMs, 5).map((time) => new Date(time).toISOString());
  return (
    <section className={classes.outlook} aria-label="Preview of the schedule">
      <strong>{toScheduleWords(schedule)}</strong>
      <NextTimes times={times} timeZone={schedule.timeZone} />
    </section>
  );
}

function zonesWith(chosen: string): string[] {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen]);
  return [...zones].sort((a, b) => a.localeCompare(b));
}
