import type { RecordCounts, RecordStatus } from '#contract';
import { statusLooks } from '../../ui/statuses.ts';
import { toNumberText } from '../../ui/words.ts';
import classes from './StatusFilter.module.css';
import { StatusIcon } from './StatusIcon.tsx';

type Props = {
  counts: RecordCounts;
  value: RecordStatus | undefined;
  onChange: (status: RecordStatus | undefined) => void;
};

const order: RecordStatus[] = [
  'needs_attention',
  'failed',
  'skipped',
  'running',
  'waiting',
  'succeeded',
  'queued',
  'cancelled',
];

/** One chip for each status that occurs, with how often. */
export function StatusFilter({ counts, value, onChange }: Props) {
  const shown = order.filter((status) => counts[status] > 0 || status === value);
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.chips} aria-label="Status">
      {shown.map((status) => (
        <button
          key={status}
          type="button"
          className={classes.chip}
          aria-pressed={value === status}
          onClick={() => onChange(value === status ? undefined : status)}
        >
          <StatusIcon status={status} size={13} />
          {statusLooks[status].word}
          <span className={classes.count}>{toNumberText(counts[status])}</span>
        </button>
      ))}
    </fieldset>
  );
}
