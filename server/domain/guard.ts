import { z } from 'zod';
import { defaultLimits, limitsSchema, ownLimitsSchema } from './limits.ts';

/** Where a stop holds. */
export const stopScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('vendor'), id: z.string().min(1) }),
  z.strictObject({ kind: z.literal('workflow'), id: z.string().min(1) }),
]);
export type StopScope = z.infer<typeof stopScopeSchema>;

/** A stop's name: there is one for each place. */
export const placeOfStop = (scope: StopScope): string =>
  scope.kind === 'all' ? 'all' : `${scope.kind}:${scope.id}`;

export const stopSchema = z.strictObject({
  scope: stopScopeSchema,
  /** An operator's name, or `breaker` when Rollcall stopped by itself. */
  by: z.string(),
  at: z.int(),
  reason: z.string().max(500),
});
export type Stop = z.infer<typeof stopSchema>;

/** A time in which nothing destructive leaves, such as the days around New Year. */
export const freezeSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(100),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'It must end after it begins.');
export type Freeze = z.infer<typeof freezeSchema>;

/** What operators set; raising or switching off anything of it needs a second person. */
export const guardSettingsSchema = z.strictObject({
  limits: limitsSchema,
  vendors: z.record(z.string(), ownLimitsSchema),
  workflows: z.record(z.string(), ownLimitsSchema),
  /** Administrators and owners at a vendor, and everybody about whom that cannot be decided. */
  protectsAdministrators: z.boolean(),
  /** The first run of a new version finds out what it would do, does one destructive call, then waits for a look. */
  hasCanary: z.boolean(),
  /** Deletions a minute at one vendor; null is as fast as the credential allows. */
  deletionsPerMinute: z.number().positive().max(100_000).nullable(),
  freezes: z.array(freezeSchema).max(50),
});
export type GuardSettings = z.infer<typeof guardSettingsSchema>;

export const defaultGuardSettings: GuardSettings = {
  limits: defaultLimits,
  vendors: {},
  workflows: {},
  protectsAdministrators: true,
  hasCanary: true,
  deletionsPerMinute: 6,
  freezes: [],
};

/** Everything destructive waits until a person releases it: after a restore, a clone, or a jump of the clock. */
export const safeModeSchema = z.strictObject({ reason: z.string(), at: z.int() });

/** What is kept of the guard, under one generation. */
export const guardContentSchema = z.strictObject({
  settings: guardSettingsSchema,
  stops: z.array(stopSchema),
  safeMode: safeModeSchema.nullable(),
});
export type GuardContent = z.infer<typeof guardContentSchema>;

/** Holds everything destructive; a reason that is there already stays. */
export const inSafeMode = (content: GuardContent, reason: string, at: number): GuardContent => ({
  ...content,
  safeMode: content.safeMode ?? { reason, at },
});

/** Rollcall's own stop at a place; one that is there already stays. */
export const stoppedAt = (
  content: GuardContent,
  scope: StopScope,
  reason: string,
  at: number,
): GuardContent => {
  const isThere = content.stops.some((stop) => placeOfStop(stop.scope) === placeOfStop(scope));
  const stop: Stop = { scope, by: 'breaker', at, reason: reason.slice(0, 500) };
  return isThere ? content : { ...content, stops: [...content.stops, stop] };
};

export const defaultGuardContent: GuardContent = {
  settings: defaultGuardSettings,
  stops: [],
  safeMode: null,
};

/** Why a destructive call has to wait. Nothing was sent, and the record goes on when it is released. */
export const holdCodes = [
  'stopped',
  'breaker',
  'freeze',
  'safe_mode',
  'limit',
  'canary',
  /** A dry run is under way that says what the run would do. */
  'plan',
  'approval',
] as const;
export type HoldCode = (typeof holdCodes)[number];

export interface Hold {
  code: HoldCode;
  /** One sentence with the reason and the next step. */
  sentence: string;
  /** When it is over by itself; null when somebody must release it. */
  until: number | null;
}

/** Why a destructive call to this vendor by this workflow has to wait now, as far as stops and freezes say. */
export function holdNow(
  { stops, safeMode, settings }: GuardContent,
  of: { vendorId: string; workflowId: string },
  now: number,
): Hold | null {
  if (safeMode) {
    return {
      code: 'safe_mode',
      sentence: `Safe mode: ${safeMode.reason} Release it under Safety.`,
      until: null,
    };
  }
  const stop = stops.find(({ scope }) => isWithin(scope, of));
  if (stop) {
    const code = stop.by === 'breaker' ? 'breaker' : 'stopped';
    const who = stop.by === 'breaker' ? 'Rollcall stopped it' : `${stop.by} pressed Stop`;
    const why = stop.reason === '' ? '' : `: ${stop.reason.replace(/\.$/, '')}`;
    return { code, sentence: `${who}${why}. Release the stop under Safety to go on.`, until: null };
  }
  const freeze = settings.freezes.find(
    ({ from, until }) => Date.parse(from) <= now && now < Date.parse(until),
  );
  if (!freeze) return null;
  const sentence = `No destructive call leaves during "${freeze.title}", which ends ${freeze.until}.`;
  return { code: 'freeze', sentence, until: Date.parse(freeze.until) };
}

function isWithin(
  scope: StopScope,
  { vendorId, workflowId }: { vendorId: string; workflowId: string },
): boolean {
  if (scope.kind === 'all') return true;
  return scope.id === (scope.kind === 'vendor' ? vendorId : workflowId);
}
