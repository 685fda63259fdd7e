import { TimeAgo } from '../ui/TimeAgo.tsx';
import classes from './NextTimes.module.css';

/** The next times of a schedule, as the clocks of its time zone show them. */
export function NextTimes({ times, timeZone }: { times: readonly string[]; timeZone: string }) {
  const text = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
  return (
    <ol className={classes.times} aria-label="Next times">
      {times.map((time) => (
        <li key={time}>
          <span>{text.format(new Date(time))}</span>
          <span className={classes.ago}>
            <TimeAgo at={time} />
          </span>
        </li>
      ))}
    </ol>
  );
}
