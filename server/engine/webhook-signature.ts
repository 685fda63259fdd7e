import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the clock of a caller may be from ours. */
export const webhookWindowMs = 5 * 60_000;

/** What a caller sends in the signature's header: HMAC-SHA256 over timestamp, id and body, each with a dot behind. */
export function signWebhook(
  secret: string,
  { timestamp, id, body }: { timestamp: string; id: string; body: string },
): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest('hex')}`;
}

/** Whether two signatures are the same, in a time that tells nothing about where they differ. */
export function isSameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether a timestamp, in whole seconds since 1970, is near enough to now. */
export function isTimely(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - now) <= webhookWindowMs;
}
