import { AppError } from './errors.ts';
import { parseInstant } from './instant.ts';

/** From 1601, where LDAP begins to count in steps of 100 ns, to 1970. */
const ldapOffsetMs = 11_644_473_600_000;
const farthestMs = 8_640_000_000_000_000;

const tokens = /YYYY|MM|DD|HH|mm|ss|M|D/g;
const tokenDigits: Record<string, string> = { YYYY: '\\d{4}', M: '\\d{1,2}', D: '\\d{1,2}' };

/**
 * Prepares the reading of dates that are written like this. Gives ISO 8601 text in UTC, without a time where the
 * format has none, or `undefined` for what is no such date. Throws `invalid` for a format without day, month and year.
 */
export function prepareDateFormat(format: string): (value: unknown) => string | undefined {
  if (format === 'seconds') return (value) => fromNumber(value, (n) => n * 1_000);
  if (format === 'milliseconds') return (value) => fromNumber(value, (n) => n);
  if (format === 'ldap') return (value) => fromNumber(value, (n) => n / 10_000 - ldapOffsetMs);

  const names = (format.match(tokens) ?? []).map((token) => (token.length === 1 ? token.repeat(2) : token));
  const isWhole = ['YYYY', 'MM', 'DD'].every((name) => names.includes(name));
  if (!isWhole || new Set(names).size < names.length) {
    throw new AppError(
      'invalid',
      `"${format}" says no whole date. Write it like DD.MM.YYYY or YYYY-MM-DD HH:mm:ss, or choose seconds, milliseconds or ldap.`,
    );
  }
  const pattern = new RegExp(
    `^${format
      .split(/(YYYY|MM|DD|HH|mm|ss|M|D)/)
      .map((piece, i) => (i % 2 === 0 ? literal(piece) : `(${tokenDigits[piece] ?? '\\d{2}'})`))
      .join('')}$`,
  );
  return (value) => {
    const found = typeof value === 'string' ? pattern.exec(value.trim()) : null;
    if (!found) return undefined;
    const read = (name: string): string => {
      const at = names.indexOf(name);
      return at < 0 ? '00' : (found[at + 1] ?? '').padStart(2, '0');
    };
    const day = `${read('YYYY')}-${read('MM')}-${read('DD')}`;
    const hasTime = names.includes('HH');
    const iso = hasTime ? `${day}T${read('HH')}:${read('mm')}:${read('ss')}.000Z` : day;
    return parseInstant(iso) === undefined ? undefined : iso;
  };
}

function fromNumber(value: unknown, toMs: (n: number) => number): string | undefined {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  const ms = toMs(number);
  return Math.abs(ms) <= farthestMs ? new Date(ms).toISOString() : undefined;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
