import { Chip, Group, Input, NumberInput, Select, TextInput } from '@mantine/core';
import { nextTimes, toScheduleWords } from '#contract';
import { useNow } from '../ui/use-now.ts';
import { NextTimes } from './NextTimes.tsx';
import classes from './ScheduleInputs.module.css';
import {
  dayChoices,
  hourChoices,
  type ScheduleDraft,
  type ScheduleKind,
  toSchedule,
  weekDays,
} from './schedule-draft.ts';

interface Props {
  label: string;
  kinds: readonly { value: ScheduleKind; label: string }[];
  draft: ScheduleDraft;
  change: (part: Partial<ScheduleDraft>) => void;
}

/** When something happens by itself, by choices or as cron text. */
export function ScheduleInputs({ label, kinds, draft, change }: Props) {
  return (
    <div className={classes.row}>
      <Select
        label={label}
        placeholder="Choose when"
        allowDeselect={false}
        data={[...kinds]}
        value={kinds.some(({ value }) => value === draft.kind) ? draft.kind : null}
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
  );
}

function WhenInputs({ draft, change }: Pick<Props, 'draft' | 'change'>) {
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
export function ScheduleOutlook({ draft, problem }: { draft: ScheduleDraft; problem: string | null }) {
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
