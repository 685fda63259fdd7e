import type { RecordCounts } from '#contract';
import classes from './RunProgress.module.css';
import { finishedCount } from './run-words.ts';

/** The share of records by outcome as one bar; the words beside it say the numbers. */
export function RunProgress({ counts }: { counts: RecordCounts }) {
  const parts = [
    { kind: 'succeeded', count: counts.succeeded },
    { kind: 'attention', count: counts.needs_attention },
    { kind: 'failed', count: counts.failed },
    { kind: 'skipped', count: counts.skipped },
    { kind: 'cancelled', count: counts.cancelled },
    { kind: 'running', count: counts.running },
    { kind: 'waiting', count: counts.waiting },
  ];
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label="Records done"
      aria-valuemin={0}
      aria-valuemax={counts.total}
      aria-valuenow={finishedCount(counts)}
    >
      {parts
        .filter((part) => part.count > 0)
        .map(({ kind, count }) => (
          <span key={kind} className={classes.part} data-kind={kind} style={{ flexGrow: count }} />
        ))}
      {counts.queued > 0 && <span style={{ flexGrow: counts.queued }} />}
    </div>
  );
}
