const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A number with a thin space between its thousands. */
export function toNumberText(value: number): string {
  return whole.format(value).replaceAll(',', '\u202f');
}

/** `1 person`, `37 people`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${toNumberText(count)} ${count === 1 ? one : many}`;
}

/** With a capital at its beginning. */
export const toTitle = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

// Always with a number: 31 hours ahead are not “tomorrow” on everybody's calendar.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/**
 * `3 minutes ago`, `in 2 days`; `just now` for less than a minute. What is past counts whole units, what is to come the
 * nearest: three days less a minute are `in 3 days`.
 */
export function toRelativeText(iso: string, nowMs: number): string {
  const seconds = (Date.parse(iso) - nowMs) / 1000;
  const round = seconds > 0 ? Math.round : Math.trunc;
  for (const [n, [unit, size]] of steps.entries()) {
    const smaller = steps[n + 1]?.[1] ?? size;
    // Rounded to the smaller unit first: 59 minutes and 40 seconds are an hour.
    if (Math.abs(round(seconds / smaller) * smaller) < size) continue;
    return relative.format(round(seconds / size), unit);
  }
  return 'just now';
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** The exact time in the zone of whoever reads it. */
export function toExactText(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : exact.format(at);
}

/** `840 ms`, `12 s`, `3 min 4 s`, `2 h 10 min`. */
export function toDurationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Any value in one line, as a person would read it; an empty text for no value. */
export function toValueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map(toValueText).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  return instant.test(text) ? toExactText(text) : text;
}
