const dayMs = 24 * 60 * 60 * 1000;

/** A moment in time, and whether it was given as a calendar day only. */
export interface Instant {
  /** Milliseconds since 1970, UTC; midnight for a day. */
  readonly ms: number;
  readonly isDay: boolean;
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoDateTime =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/;

/**
 * Reads an ISO 8601 date (`2026-11-01`) or date-time (`2026-11-01T09:00:00Z`); without a zone it is UTC. Anything
 * else, such as `yesterday`, `01/02/2026` or 31 February, is `undefined`.
 */
export function parseInstant(text: string): Instant | undefined {
  const day = isoDate.exec(text);
  if (day !== null) {
    const ms = dayStart(day);
    return ms === undefined ? undefined : { ms, isDay: true };
  }
  const parts = isoDateTime.exec(text);
  if (parts === null) return undefined;
  const start = dayStart(parts);
  const [hours, minutes, seconds] = [Number(parts[4]), Number(parts[5]), Number(parts[6] ?? 0)];
  const [zoneHours, zoneMinutes] = [Number(parts[10] ?? 0), Number(parts[11] ?? 0)];
  const isTime = hours < 24 && minutes < 60 && seconds < 60 && zoneHours <= 14 && zoneMinutes < 60;
  if (start === undefined || !isTime) return undefined;

  const fraction = Math.trunc(Number(`0.${parts[7] ?? 0}`) * 1000);
  const offset = (parts[9] === '-' ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  return { ms: start + (hours * 3600 + (minutes - offset) * 60 + seconds) * 1000 + fraction, isDay: false };
}

/** Midnight UTC of the day that holds the moment. */
export function startOfDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

function dayStart(parts: RegExpExecArray): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const isReal = date.getUTCMonth() === Number(parts[2]) - 1 && date.getUTCDate() === Number(parts[3]);
  return isReal ? date.getTime() : undefined;
}
