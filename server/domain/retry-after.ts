const longestWaitMs = 15 * 60_000;

/** `Retry-After` as seconds, HTTP date or ISO date-time, in milliseconds; at most a quarter of an hour. */
export function retryAfter(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  const isDate = /[a-z]|^\s*\d{4}-/i.test(text);
  const seconds = isDate ? (Date.parse(text) - now) / 1000 : Number(text.trim() || Number.NaN);
  if (Number.isNaN(seconds) || (!isDate && seconds < 0)) return null;
  return Math.min(Math.max(0, Math.ceil(seconds * 1000)), longestWaitMs);
}
