import type { FieldType } from './field.ts';
import { parseInstant } from './instant.ts';

/** A value as its field's type wants it, or the reason why it cannot be one. Null and empty text mean "no value". */
export type Coerced = { ok: true; value: unknown } | { ok: false; reason: string };

const good = (value: unknown): Coerced => ({ ok: true, value });
const bad = (value: unknown, wanted: string): Coerced => ({
  ok: false,
  reason: `${JSON.stringify(value)?.slice(0, 80) ?? 'nothing'} is not ${wanted}`,
});

const instantOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? parseInstant(value.trim())?.ms : undefined;

export const toText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Vendors write booleans as `true`, `"true"` or `1`. */
function toBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 1 || value === 'true' || value === '1') return true;
  if (value === false || value === 0 || value === 'false' || value === '0') return false;
  return undefined;
}

const coercions: Record<FieldType, (value: unknown) => Coerced> = {
  text: (value) => good(toText(value).trim()),
  long_text: (value) => good(toText(value)),
  choice: (value) => good(toText(value).trim()),
  email: (value) => {
    const text = toText(value).trim();
    return /^[^\s@]+@[^\s@]+$/.test(text) ? good(text) : bad(value, 'an e-mail address');
  },
  url: (value) => (URL.canParse(toText(value)) ? good(toText(value)) : bad(value, 'a URL')),
  number: (value) => {
    const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value;
    return typeof number === 'number' && Number.isSafeInteger(number)
      ? good(number)
      : bad(value, 'a whole number');
  },
  decimal: (value) => {
    const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value;
    return typeof number === 'number' && Number.isFinite(number) ? good(number) : bad(value, 'a number');
  },
  date: (value) => {
    const ms = instantOf(value);
    return ms === undefined ? bad(value, 'a date') : good(new Date(ms).toISOString().slice(0, 10));
  },
  datetime: (value) => {
    const ms = instantOf(value);
    return ms === undefined ? bad(value, 'a date and time') : good(new Date(ms).toISOString());
  },
  boolean: (value) => {
    const boolean = toBoolean(value);
    return boolean === undefined ? bad(value, 'yes or no') : good(boolean);
  },
  list: (value) => good((Array.isArray(value) ? value : [value]).map(toText)),
  json: good,
};

/** The most that a field holds: lists show records fifty at a time, and loads write a thousand together. */
const longestValue = 256 * 1024;

/** Brings a value into the form that a field of this type stores. */
export function coerceValue(type: FieldType, value: unknown): Coerced {
  if (value === null || value === undefined || value === '') return good(null);
  const coerced = coercions[type](value);
  if (coerced.ok && sizeOf(coerced.value) > longestValue)
    return { ok: false, reason: 'it is over 256 KB; keep only the part that is needed' };
  return coerced;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' ? (JSON.stringify(value) ?? '').length : 0;
}

/** Whether two stored values are the same, whatever the order of keys they were read in. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return (a ?? null) === (b ?? null);
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
