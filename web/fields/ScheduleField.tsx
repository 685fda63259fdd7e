import { useState } from 'react';
import { scheduleSchema } from '#contract';
import { useNow } from '../ui/use-now.ts';
import classes from './ScheduleInputs.module.css';
import { ScheduleInputs, ScheduleOutlook } from './ScheduleInputs.tsx';
import {
  problemOf,
  type ScheduleDraft,
  scheduleKinds,
  toSchedule,
  toScheduleDraft,
} from './schedule-draft.ts';

interface Props {
  label: string;
  error: string | undefined;
  /** A schedule; null until one was chosen. */
  value: unknown;
  onChange: (schedule: unknown) => void;
}

const kinds = scheduleKinds.filter(({ value }) => value !== 'none');

/** The schedule of a block, with its next five times. What cannot be read is not kept. */
export function ScheduleField({ label, error, value, onChange }: Props) {
  const [draft, setDraft] = useState(() =>
    toScheduleDraft(scheduleSchema.nullable().catch(null).parse(value)),
  );
  const nowMs = useNow();
  const change = (part: Partial<ScheduleDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(problemOf(next, nowMs) === null ? toSchedule(next) : null);
  };
  return (
    <div className={classes.field}>
      <ScheduleInputs label={label} kinds={kinds} draft={draft} change={change} />
      {draft.kind === 'none' ? (
        error && (
          <p role="alert" className={classes.missing}>
            {error}
          </p>
        )
      ) : (
        <ScheduleOutlook draft={draft} problem={problemOf(draft, nowMs)} />
      )}
    </div>
  );
}
