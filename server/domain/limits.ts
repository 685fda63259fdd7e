import { z } from 'zod';
import type { CallEffect } from './effect.ts';
import type { CallClass } from './vendor.ts';

/** What limits count: accounts that are removed, and accounts that lose something but stay. */
export const limitKinds = ['delete', 'disable'] as const;
export type LimitKind = (typeof limitKinds)[number];

/** As which of them a call counts; null when it takes nothing from anybody. */
export function limitKindOf(does: CallEffect['does'], callClass: CallClass): LimitKind | null {
  switch (does) {
    case 'delete':
      return 'delete';
    case 'disable':
    case 'remove-licences':
    case 'set-licences':
    case 'remove-role':
    case 'set-role':
    case 'end-sessions':
      return 'disable';
    default:
      if (callClass === 'destructive') return 'delete';
      // A change about which only its method is known may take something away.
      return does === 'unknown' ? 'disable' : null;
  }
}

/** A number, a share of the vendor's accounts in percent, or both: the smaller one holds. Null is no limit. */
export const limitSchema = z.strictObject({
  number: z.int().min(0).max(10_000_000).nullable(),
  sharePercent: z.number().min(0).max(100).nullable(),
});
export type Limit = z.infer<typeof limitSchema>;

const perKindSchema = z.strictObject({ delete: limitSchema, disable: limitSchema });
export type LimitPerKind = z.infer<typeof perKindSchema>;

export const limitsSchema = z.strictObject({ run: perKindSchema, day: perKindSchema });
export type Limits = z.infer<typeof limitsSchema>;

/** For one vendor or one workflow; what is not named here is as it is for all. */
export const ownLimitsSchema = z.strictObject({
  run: perKindSchema.partial().optional(),
  day: perKindSchema.partial().optional(),
});
export type OwnLimits = z.infer<typeof ownLimitsSchema>;

/** What holds on a fresh install: few enough that people notice before much is gone. */
export const defaultLimits: Limits = {
  run: { delete: { number: 5, sharePercent: 1 }, disable: { number: 50, sharePercent: 10 } },
  day: { delete: { number: 25, sharePercent: null }, disable: { number: 250, sharePercent: null } },
};

/**
 * How many a limit allows of so many accounts; null is any number. A share never falls below one account, so that a
 * small app can be worked on, and a share of an unknown number allows just that one.
 */
export function mostOf(limit: Limit, accounts: number | null): number | null {
  const { number, sharePercent } = limit;
  if (sharePercent === null) return number;
  const share = accounts === null ? 1 : Math.max(1, Math.floor((accounts * sharePercent) / 100));
  return number === null ? share : Math.min(number, share);
}

/** Whether any limit of `to` allows more than the same one of `from`. */
export function raisesLimit(from: Limit, to: Limit): boolean {
  const isMore = (a: number | null, b: number | null): boolean => a !== null && (b === null || b > a);
  return isMore(from.number, to.number) || isMore(from.sharePercent, to.sharePercent);
}

/** One of the counters that an effect is reserved in, and how far it may go. */
export interface Cap {
  /** `run:12`, `workflow:wf_…`, `vendor:webex` or `all`. */
  scope: string;
  kind: LimitKind;
  /** Null counts without a limit. */
  most: number | null;
  /** Counts within the last 24 hours; otherwise for ever. */
  isDaily: boolean;
}

/** What a limit is called where somebody reads that it was reached. */
export function capWords({ scope, kind, most }: Pick<Cap, 'scope' | 'kind' | 'most'>): string {
  const what = kind === 'delete' ? 'deletions' : 'accounts that lose something';
  const [of = ''] = scope.split(':');
  const where: Record<string, string> = {
    run: 'in one run',
    workflow: 'by this workflow within 24 hours',
    vendor: 'at this vendor within 24 hours',
    all: 'by all workflows within 24 hours',
  };
  return `the limit of ${most} ${what} ${where[of] ?? ''}`.trimEnd();
}
