import { z } from 'zod';
import { parseInstant } from '#domain/instant';
import { defineBlock, type StepContext } from '#engine/block';
import { renderValue, type Template } from '#engine/template';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const unitMs = { minutes: minuteMs, hours: 60 * minuteMs, days: dayMs, weeks: 7 * dayMs } as const;
const longestMs = 3650 * dayMs;

/**
 * Lets a record rest: for some time, or until a date of its own with days added or taken away. The date is read again
 * when the time has come, so one that was put off meanwhile is waited for, too. One that is missing or cannot be read
 * takes the `unknown` exit.
 */
export const wait = defineBlock({
  type: 'wait',
  title: 'Wait',
  summary: 'Lets a record wait for some time, or until a date.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({
    mode: z.enum(['duration', 'date']).default('duration'),
    amount: z.int().min(1).max(100_000).default(14),
    unit: z.enum(['minutes', 'hours', 'days', 'weeks']).default('days'),
    date: z.string().default(''),
    offsetDays: z.int().min(0).max(3650).default(0),
    side: z.enum(['after', 'before']).default('after'),
  }),
  form: [
    {
      key: 'mode',
      label: 'Wait',
      control: 'select',
      options: [
        { value: 'duration', label: 'For some time' },
        { value: 'date', label: 'Until a date' },
      ],
    },
    { key: 'amount', label: 'How long', control: 'number', when: { key: 'mode', is: 'duration' } },
    {
      key: 'unit',
      label: 'Unit',
      control: 'select',
      options: [
        { value: 'minutes', label: 'Minutes' },
        { value: 'hours', label: 'Hours' },
        { value: 'days', label: 'Days' },
        { value: 'weeks', label: 'Weeks' },
      ],
      when: { key: 'mode', is: 'duration' },
    },
    {
      key: 'date',
      label: 'Date',
      control: 'template',
      hint: 'Such as {{last_activity}}: an ISO 8601 date or time. A date without a time begins at 00:00 UTC.',
      when: { key: 'mode', is: 'date' },
    },
    { key: 'offsetDays', label: 'Days', control: 'number', when: { key: 'mode', is: 'date' } },
    {
      key: 'side',
      label: 'These days are',
      control: 'select',
      options: [
        { value: 'after', label: 'After the date' },
        { value: 'before', label: 'Before the date' },
      ],
      when: { key: 'mode', is: 'date' },
    },
  ],
  exits: [
    { id: 'next', label: 'Next', tone: 'main' },
    { id: 'unknown', label: 'Unknown', tone: 'unknown' },
  ],

  prepare({ mode, amount, unit, date, offsetDays, side }, context) {
    if (mode === 'duration') {
      const ms = amount * unitMs[unit];
      if (ms > longestMs) context.issue('amount', 'Wait for ten years at most.');
      return ({ now, waitingSince }) => waitUntil((waitingSince ?? now) + ms, now);
    }
    if (date.trim() === '') context.issue('date', 'Say which date, such as {{last_activity}}.');
    const template = context.template(date, 'date');
    const offsetMs = (side === 'before' ? -1 : 1) * offsetDays * dayMs;
    return ({ now, variables }) => {
      const at = dateOf(template, variables);
      if ('problem' in at) return { kind: 'done', exit: 'unknown', note: at.problem };
      const until = at.ms + offsetMs;
      if (until - now > longestMs) {
        return {
          kind: 'done',
          exit: 'unknown',
          note: `The date is more than ten years away: ${isoOf(until)}.`,
        };
      }
      return waitUntil(until, now);
    };
  },
});

function waitUntil(until: number, now: number) {
  if (until <= now) return { kind: 'done', exit: 'next', note: `Waited until ${isoOf(until)}.` } as const;
  return { kind: 'wait', until, held: null, note: `Waits until ${isoOf(until)}.` } as const;
}

function dateOf(
  template: Template,
  variables: StepContext['variables'],
): { ms: number } | { problem: string } {
  const value = renderValue(template, variables);
  if (value === undefined || value === null || value === '') return { problem: 'There is no date.' };
  const ms = typeof value === 'string' ? parseInstant(value.trim())?.ms : undefined;
  return ms === undefined
    ? { problem: `This is not a date: ${JSON.stringify(value).slice(0, 80)}.` }
    : { ms };
}

/** Such as `2026-12-05 09:00 UTC`. */
const isoOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
