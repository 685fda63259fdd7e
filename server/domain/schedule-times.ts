import { Cron } from 'croner';
import cronstrue from 'cronstrue';
import { AppError } from './errors.ts';
import type { Schedule } from './schedule.ts';

const open = ({ cron, timeZone }: Schedule): Cron =>
  new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });

/**
 * The next times after `afterMs`, in milliseconds; none for a day that never comes. A time that the clocks skip in
 * spring happens when they have gone on; one that they repeat in autumn happens the first time. What happens every
 * hour goes by real hours.
 */
export function nextTimes(schedule: Schedule, afterMs: number, count: number): number[] {
  return open(schedule)
    .nextRuns(count, new Date(afterMs))
    .map((date) => date.getTime());
}

/** Such as "At 03:15, every day". */
export function toScheduleWords({ cron }: Pick<Schedule, 'cron'>): string {
  return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: true });
}

/** Throws `invalid` for a schedule that cannot be read, or that never comes. */
export function checkSchedule(schedule: Schedule, nowMs: number): void {
  const place = { place: 'schedule.cron' };
  if (!isTimeZone(schedule.timeZone)) {
    throw new AppError(
      'invalid',
      `"${schedule.timeZone}" is no time zone. Enter one such as Europe/Berlin or UTC.`,
      { place: 'schedule.timeZone' },
    );
  }
  if (schedule.cron.trim().split(/\s+/).length !== 5) {
    throw new AppError(
      'invalid',
      'A cron text has five parts: minute, hour, day of the month, month, day of the week.',
      place,
    );
  }
  let times: number[];
  try {
    times = nextTimes(schedule, nowMs, 1);
    toScheduleWords(schedule);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^[A-Za-z]+: /, '') : String(cause);
    throw new AppError('invalid', `The cron text "${schedule.cron}" cannot be read: ${reason}`, {
      ...place,
      cause,
    });
  }
  if (times.length > 0) return;
  throw new AppError('invalid', `The cron text "${schedule.cron}" names a day that never comes.`, place);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
