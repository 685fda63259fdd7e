/** What a vendor's answer says about the calls that are left. */
export interface Quota {
  /** Which of several counters it means, such as a category of calls; empty where there is one. */
  counter: string;
  left: number;
  /** Milliseconds since 1970. */
  resetsAt: number;
}

type Headers = Readonly<Record<string, string>>;

/** What lasts longer, such as a day's quota, may concern some calls only: there the vendor's refusal says when to go on. */
const longestMs = 60_000;

/**
 * Reads `RateLimit-Remaining` and `-Reset` in every common spelling (`X-RateLimit-…`, `X-Rate-Limit-…`, and the one
 * field `RateLimit` of the IETF draft). Null where an answer
 * does not say both, or where it tells of more than a minute.
 */
export function readQuota(headers: Headers, now: number): Quota | null {
  const prefix = prefixOf(headers);
  if (prefix === undefined) return headers.ratelimit === undefined ? null : readField(headers.ratelimit, now);
  const left = toCount(headers[`${prefix}remaining`]);
  const resetsAt = toInstant(headers[`${prefix}reset`], now);
  if (left === null || resetsAt === null) return null;
  const counter = headers[`${prefix}category`] ?? headers[`${prefix}resource`] ?? '';
  return { counter, left, resetsAt };
}

function prefixOf(headers: Headers): string | undefined {
  if (headers['x-ratelimit-remaining'] !== undefined) return 'x-ratelimit-';
  if (headers['ratelimit-remaining'] !== undefined) return 'ratelimit-';
  return headers['x-rate-limit-remaining'] === undefined ? undefined : 'x-rate-limit-';
}

/** `"default";r=50;t=30`, or `limit=100, remaining=50, reset=30` of earlier drafts. */
function readField(text: string, now: number): Quota | null {
  const left = toCount(/(?:^|[;,\s])(?:r|remaining)=(\d+)/.exec(text)?.[1]);
  const resetsAt = toInstant(/(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(text)?.[1], now);
  return left === null || resetsAt === null ? null : { counter: '', left, resetsAt };
}

function toCount(text: string | undefined): number | null {
  const count = Number(text?.trim() || Number.NaN);
  return Number.isFinite(count) && count >= 0 ? count : null;
}

/** Seconds from now, seconds or milliseconds since 1970, or a date. */
function toInstant(text: string | undefined, now: number): number | null {
  if (text === undefined || text.trim() === '') return null;
  const number = Number(text);
  const at = Number.isNaN(number) ? Date.parse(text) : fromNumber(number, now);
  return Number.isNaN(at) || at > now + longestMs ? null : at;
}

function fromNumber(number: number, now: number): number {
  if (number > 1e12) return number;
  return number > 1e9 ? number * 1000 : now + number * 1000;
}
