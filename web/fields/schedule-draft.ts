import { checkSchedule, hourSteps, type Schedule, type ScheduleForm, toCron, toForm } from '#contract';

export const scheduleKinds = [
  { value: 'hours', label: 'Every few hours' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
  { value: 'cron', label: 'By cron text' },
  { value: 'none', label: 'Only by hand' },
] as const;
export type ScheduleKind = (typeof scheduleKinds)[number]['value'];

export const hourChoices = hourSteps.map((hours) => ({
  value: String(hours),
  label: hours === 1 ? 'Every hour' : `Every ${hours} hours`,
}));

export const dayChoices = [
  ...Array.from({ length: 28 }, (_, i) => ({ value: String(i + 1), label: `Day ${i + 1}` })),
  { value: 'last', label: 'Last day' },
];

/** From Monday; numbers as cron counts them. */
export const weekDays = [
  { value: '1', label: 'Mon' },
  { value: '2', label: 'Tue' },
  { value: '3', label: 'Wed' },
  { value: '4', label: 'Thu' },
  { value: '5', label: 'Fri' },
  { value: '6', label: 'Sat' },
  { value: '0', label: 'Sun' },
];

/** A schedule as it is typed in: what one kind does not need is kept for when it is chosen again. */
export interface ScheduleDraft {
  kind: ScheduleKind;
  every: string;
  minute: number | string;
  at: string;
  days: string[];
  day: string;
  cron: string;
  timeZone: string;
}

export function toScheduleDraft(schedule: Schedule | null): ScheduleDraft {
  const hereZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const draft: ScheduleDraft = {
    kind: schedule ? 'cron' : 'none',
    every: '4',
    minute: 0,
    at: '03:00',
    days: ['1'],
    day: '1',
    cron: schedule?.cron ?? '0 3 * * *',
    timeZone: schedule?.timeZone ?? hereZone,
  };
  const form = schedule && toForm(schedule.cron);
  if (!form) return draft;
  const { kind } = form;
  if (kind === 'hours') return { ...draft, kind, every: String(form.every), minute: form.minute };
  if (kind === 'daily') return { ...draft, kind, at: form.at };
  if (kind === 'weekly') return { ...draft, kind, at: form.at, days: form.days.map(String) };
  // A day that not every month has is not among the choices.
  if (dayChoices.some(({ value }) => value === String(form.day))) {
    return { ...draft, kind, at: form.at, day: String(form.day) };
  }
  return draft;
}

/** Null for loads that are started by hand only. */
export function toSchedule(draft: ScheduleDraft): Schedule | null {
  if (draft.kind === 'none') return null;
  const cron = draft.kind === 'cron' ? draft.cron.trim() : toCron(formOf(draft, draft.kind));
  return { cron, timeZone: draft.timeZone };
}

function formOf(draft: ScheduleDraft, kind: ScheduleForm['kind']): ScheduleForm {
  const { at } = draft;
  if (kind === 'hours') return { kind, every: Number(draft.every), minute: Number(draft.minute) };
  if (kind === 'daily') return { kind, at };
  if (kind === 'weekly') return { kind, at, days: draft.days.map(Number) };
  return { kind, at, day: draft.day === 'last' ? 'last' : Number(draft.day) };
}

/** Why a draft cannot be saved; null when it can. */
export function problemOf(draft: ScheduleDraft, nowMs: number): string | null {
  if (draft.kind === 'none') return null;
  if (draft.kind === 'weekly' && draft.days.length === 0) return 'Choose at least one day.';
  const hasTime = draft.kind !== 'hours' && draft.kind !== 'cron';
  if (hasTime && !/^\d\d:\d\d$/.test(draft.at)) return 'Enter a time such as 03:00.';
  if (draft.kind === 'hours' && draft.minute === '') return 'Enter a minute from 0 to 59.';
  const schedule = toSchedule(draft);
  try {
    if (schedule) checkSchedule(schedule, nowMs);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
