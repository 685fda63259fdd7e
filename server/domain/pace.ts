import { z } from 'zod';
import type { Credential } from './credential.ts';
import type { Vendor } from './vendor.ts';

/**
 * Why a call is made, from the most to the least urgent. Where calls of one credential wait for each other, the more
 * urgent ones go first more often, and the least urgent ones still go.
 */
export const lanes = ['manual', 'event', 'schedule', 'load'] as const;
export type Lane = (typeof lanes)[number];

/** How fast a credential may be used. */
export interface PaceLimits {
  /** Calls a second; null where nobody has set or published a number. */
  perSecond: number | null;
  /** Calls that may be under way at once. */
  atOnce: number;
}

/** The most that an operator can enter. */
export const mostPerSecond = 1_000;
export const mostAtOnce = 1_024;

/** What a credential itself says, else its vendor's documentation, else this server's own number of calls at once. */
export function paceLimitsOf(
  { perSecond, atOnce }: Pick<Credential, 'perSecond' | 'atOnce'>,
  vendor: Pick<Vendor, 'pace'> | undefined,
  usualAtOnce: number,
): PaceLimits {
  return {
    perSecond: perSecond ?? vendor?.pace?.perSecond ?? null,
    atOnce: atOnce ?? Math.min(vendor?.pace?.atOnce ?? usualAtOnce, usualAtOnce),
  };
}

/** How fast a credential is used now, and why it is not faster. */
export const paceSchema = z.strictObject({
  credentialId: z.string(),
  credentialName: z.string(),
  vendorId: z.string(),
  /** Calls a second that it keeps to; null while there is no reason to. */
  perSecond: z.number().nullable(),
  /** Whether that number was learned from the vendor's refusals, rather than set or published. */
  isLearned: z.boolean(),
  /** Calls that may be under way at once now: it begins low, grows with answers and halves with refusals. */
  atOnce: z.int(),
  /** What `atOnce` may grow to. */
  mostAtOnce: z.int(),
  underWay: z.int(),
  /** Calls that wait for their turn. */
  waiting: z.int(),
  /** Until when nothing is sent, because the vendor said so; null when it did not. */
  pausedUntil: z.string().nullable(),
  /** Calls that the vendor refused as too many, since this server started. */
  refused: z.int(),
});
export type Pace = z.infer<typeof paceSchema>;
