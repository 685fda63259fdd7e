import { Cron } from 'croner';
import cronstrue from 'cronstrue';
import { AppError } from './errors.ts';
import type { Schedule } from './schedule.ts';
import { openZone, type Zone } from './time-zone.ts';

/** One time of a schedule: when it is, and which it is, however the clocks were changed meanwhile. */
export interface Slot {
  /** Milliseconds since 1970. */
  at: number;
  /** The local time that the schedule names, such as `2026-10-25T02:30`; unique for a workflow. */
  name: string;
}

const open = (cron: string, timeZone: string): Cron =>
  new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });

/**
 * The next times after `afterMs`; none for a day that never comes. A time that the clocks skip in spring happens when
 * they have gone on, several of them together; one that they repeat in autumn happens the first time. What happens
 * every hour goes by real hours.
 */
export function nextSlots({ cron, timeZone }: Schedule, afterMs: number, count: number): Slot[] {
  const [, hour = ''] = cron.trim().split(/\s+/);
  const zone = openZone(timeZone);
  if (hour !== '*' && hour !== '*/1') return wallSlots(open(cron, 'UTC'), zone, afterMs, count);
  return open(cron, timeZone)
    .nextRuns(count, new Date(afterMs))
    .map((date) => {
      const at = date.getTime();
      const offset = zone.offsetAt(at);
      // The clocks show such a time twice in autumn, and both of them count.
      return { at, name: `${toWallText(at + offset)}${toOffsetText(offset)}` };
    });
}

export function nextTimes(schedule: Schedule, afterMs: number, count: number): number[] {
  return nextSlots(schedule, afterMs, count).map(({ at }) => at);
}

/** Goes by what the clocks on the wall show, as if it were UTC, and asks for each when that is. */
function wallSlots(wallClock: Cron, zone: Zone, afterMs: number, count: number): Slot[] {
  const slots: Slot[] = [];
  let wall = new Date(afterMs + zone.offsetAt(afterMs) - 60_000);
  while (slots.length < count) {
    const next = wallClock.nextRun(wall);
    if (!next) break;
    wall = next;
    const at = zone.instantOf(wall.getTime());
    if (at > (slots.at(-1)?.at ?? afterMs)) slots.push({ at, name: toWallText(wall.getTime()) });
  }
  return slots;
}

const toWallText = (wallMs: number): string => new Date(wallMs).toISOString().slice(0, 16);

function toOffsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
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
