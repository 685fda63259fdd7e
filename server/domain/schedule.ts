import { z } from 'zod';

/** When something happens by itself: cron text of five parts, read in a time zone. */
export const scheduleSchema = z.strictObject({
  /** Minute, hour, day of the month, month, day of the week; `L` is the last day of a month. */
  cron: z.string().trim().min(1, 'Enter a cron text.').max(100),
  /** A name of the IANA time zone database, such as `Europe/Berlin`. */
  timeZone: z.string().min(1).max(60),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** Numbers of hours that divide a day, so that the times are the same every day. */
export const hourSteps = [1, 2, 3, 4, 6, 8, 12] as const;

/** The schedules that a form can say. Times are `HH:MM`; days of the week count from Sunday, 0. */
export type ScheduleForm =
  | { kind: 'hours'; every: number; minute: number }
  | { kind: 'daily'; at: string }
  | { kind: 'weekly'; days: number[]; at: string }
  | { kind: 'monthly'; day: number | 'last'; at: string };

export function toCron(form: ScheduleForm): string {
  if (form.kind === 'hours') return `${form.minute} ${form.every === 1 ? '*' : `*/${form.every}`} * * *`;
  const [hour, minute] = form.at.split(':').map(Number);
  const time = `${minute} ${hour}`;
  if (form.kind === 'daily') return `${time} * * *`;
  if (form.kind === 'weekly') return `${time} * * ${[...form.days].sort((a, b) => a - b).join(',')}`;
  return `${time} ${form.day === 'last' ? 'L' : form.day} * *`;
}

const number = /^\d{1,2}$/;

/** The form that says the same; null for cron text that no form can say. */
export function toForm(cron: string): ScheduleForm | null {
  const [minute = '', hour = '', day = '', month = '', weekDay = '', more] = cron.trim().split(/\s+/);
  if (more !== undefined || month !== '*' || !number.test(minute)) return null;

  const isEveryDay = day === '*' && weekDay === '*';
  const every = hour === '*' ? 1 : Number(/^\*\/(\d{1,2})$/.exec(hour)?.[1]);
  if (isEveryDay && hourSteps.some((step) => step === every)) {
    return { kind: 'hours', every, minute: Number(minute) };
  }
  if (!number.test(hour)) return null;
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isEveryDay) return { kind: 'daily', at };
  if (day === '*' && /^[0-6](,[0-6])*$/.test(weekDay)) {
    return { kind: 'weekly', days: weekDay.split(',').map(Number), at };
  }
  if (weekDay !== '*') return null;
  if (day === 'L') return { kind: 'monthly', day: 'last', at };
  return number.test(day) ? { kind: 'monthly', day: Number(day), at } : null;
}
