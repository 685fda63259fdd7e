import type { Run } from '#contract';
import { statusLooks } from '../../ui/statuses.ts';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './LastRun.module.css';

/** How the last run ended, and when it was. */
export function LastRun({ run }: { run: Run }) {
  const { icon: Icon, tone, word } = statusLooks[run.status];
  return (
    <span className={classes.run}>
      <span className={classes.status} data-tone={tone}>
        <Icon size={14} aria-hidden />
        {word}
      </span>
      <TimeAgo at={run.startedAt} />
    </span>
  );
}
