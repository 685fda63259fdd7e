import type { RecordStatus, StepStatus } from '#contract';
import { statusLooks } from '../../ui/statuses.ts';
import classes from './StatusIcon.module.css';

type Props = { status: RecordStatus | StepStatus; size?: number };

/** The status of a record or a step as an icon that says its word. */
export function StatusIcon({ status, size = 16 }: Props) {
  const { icon: Icon, word, tone } = statusLooks[status];
  const isTurning = status === 'running' || status === 'sending';
  return (
    <Icon
      size={size}
      className={classes.icon}
      data-tone={tone}
      data-turning={isTurning || undefined}
      aria-label={word}
      role="img"
    />
  );
}
