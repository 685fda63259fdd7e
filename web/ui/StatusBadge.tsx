import classes from './StatusBadge.module.css';
import { type Status, statusLooks } from './statuses.ts';

interface Props {
  status: Status;
  /** Says more than the status's own word, such as *Cancelling*. */
  word?: string;
}

/** A status as an icon, a word and a colour. */
export function StatusBadge({ status, word }: Props) {
  const look = statusLooks[status];
  const Icon = look.icon;
  return (
    <span className={classes.badge} data-tone={look.tone} data-status={status}>
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      {word ?? look.word}
    </span>
  );
}
