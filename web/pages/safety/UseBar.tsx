import { toNumberText } from '../../ui/words.ts';
import classes from './UseBar.module.css';

interface Props {
  label: string;
  used: number;
  /** Null where nothing limits it. */
  most: number | null;
}

/** How much of a limit is used up, as a number and a small bar. */
export function UseBar({ label, used, most }: Props) {
  const share = most === null || most === 0 ? 0 : Math.min(1, used / most);
  const isFull = most !== null && used >= most;
  const words = most === null ? toNumberText(used) : `${toNumberText(used)} of ${toNumberText(most)}`;
  return (
    <span className={classes.use} data-tone={isFull ? 'danger' : share >= 0.8 ? 'warning' : 'interactive'}>
      {most !== null && (
        <span
          className={classes.bar}
          role="progressbar"
          aria-label={label}
          aria-valuenow={Math.min(used, most)}
          aria-valuemin={0}
          aria-valuemax={most}
          aria-valuetext={`${words} used`}
        >
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span className={classes.words}>{words}</span>
    </span>
  );
}
