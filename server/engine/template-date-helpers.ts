import { type Instant, parseInstant } from '#domain/instant';
import { type TemplateHelper, textOf } from './template-helper.ts';
import { fail, type Rendering } from './template-run.ts';

const dayMs = 24 * 60 * 60 * 1000;
const mostDays = 100_000;
const firstYearMs = Date.parse('0000-01-01T00:00:00Z');
const lastYearMs = Date.parse('9999-12-31T23:59:59.999Z');
const dateTokens = /YYYY|MM|DD|HH|mm|ss|SSS/g;

/** Functions about dates and times. None of them knows what time it is. */
export const dateHelpers: readonly TemplateHelper[] = [
  {
    name: 'add_days',
    summary: 'A date so many days later, or earlier with a minus.',
    example: '{{add_days hire_date -5}}',
    minArguments: 2,
    maxArguments: 2,
    run: ([value, days], rendering) => {
      const instant = instantOf('add_days', value, rendering);
      if (instant === undefined) return undefined;
      const count = Number(textOf('add_days', days, rendering)?.trim());
      if (!Number.isInteger(count) || Math.abs(count) > mostDays)
        fail(rendering, 'The function "add_days" needs a whole number of days, at most 100,000.');
      const ms = instant.ms + count * dayMs;
      if (ms < firstYearMs || ms > lastYearMs)
        fail(rendering, 'The function "add_days" leads out of the years 0 to 9999.');
      return formatDate(ms, instant.isDay ? 'YYYY-MM-DD' : 'YYYY-MM-DDTHH:mm:ss.SSSZ');
    },
  },
  {
    name: 'date',
    summary: 'Writes an ISO date or time in another form, in UTC. Parts: YYYY MM DD HH mm ss SSS.',
    example: '{{date last_activity "DD.MM.YYYY"}}',
    minArguments: 1,
    maxArguments: 2,
    run: ([value, format], rendering) => {
      const instant = instantOf('date', value, rendering);
      if (instant === undefined) return undefined;
      return formatDate(instant.ms, textOf('date', format, rendering) ?? 'YYYY-MM-DD');
    },
  },
];

function instantOf(name: string, value: unknown, rendering: Rendering): Instant | undefined {
  const text = textOf(name, value, rendering)?.trim();
  if (text === undefined || text === '') return undefined;
  const instant = parseInstant(text);
  if (instant === undefined)
    fail(rendering, `The function "${name}" needs an ISO date, but got "${text.slice(0, 40)}".`);
  return instant;
}

function formatDate(ms: number, format: string): string {
  const iso = new Date(ms).toISOString();
  const parts: Record<string, string> = {
    YYYY: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
    SSS: iso.slice(20, 23),
  };
  return format.replaceAll(dateTokens, (token) => parts[token] ?? token);
}
