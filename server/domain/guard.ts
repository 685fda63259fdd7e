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

const pressSchema = z.strictObject({
  /** An operator's name, or `breaker` when Rollcall stopped by itself. */
  by: z.string(),
  at: z.int(),
  reason: z.string().max(500),
});
export type Press = z.infer<typeof pressSchema>;

export const stopSchema = pressSchema.extend({
  scope: stopScopeSchema,
  /** Who wanted the same stop while it held, and why: whoever releases it has to have seen this, too. */
  again: z.array(pressSchema).max(20).optional(),
});
export type Stop = z.infer<typeof stopSchema>;

/** When somebody wanted a stop last. */
export const newestPressOf = ({ at, again = [] }: Pick<Stop, 'at' | 'again'>): number =>
  Math.max(at, ...again.map((press) => press.at));

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
export const safeModeSchema = z.strictObject({
  reason: z.string(),
  /** When the newest reason came up. */
  at: z.int(),
  /** Nothing at all leaves, reads included: after a restore, what would be done may have been done already. */
  isClosed: z.boolean().optional(),
});

/** What is kept of the guard, under one generation. */
export const guardContentSchema = z.strictObject({
  settings: guardSettingsSchema,
  stops: z.array(stopSchema),
  safeMode: safeModeSchema.nullable(),
});
export type GuardContent = z.infer<typeof guardContentSchema>;

/** Holds everything destructive, or all that would leave; a reason that is there already is not forgotten. */
export function inSafeMode(
  content: GuardContent,
  reason: string,
  at: number,
  closing?: 'closed',
): GuardContent {
  const { safeMode: before } = content;
  const isClosed = (closing === 'closed' || before?.isClosed) && { isClosed: true };
  if (!before) return { ...content, safeMode: { reason, at, ...isClosed } };
  if (before.reason.includes(reason)) return { ...content, safeMode: { ...before, ...isClosed } };
  // Later than the one before, whatever the clock says: who has seen that one has not seen this.
  const since = Math.max(at, before.at + 1);
  return {
    ...content,
    safeMode: { reason: `${before.reason} ${reason}`.slice(-2_000), at: since, ...isClosed },
  };
}

/** Why nothing may leave this server; null where it may. */
export const closedBy = ({ safeMode }: Pick<GuardContent, 'safeMode'>): string | null =>
  safeMode?.isClosed
    ? `Nothing was sent. ${safeMode.reason} Nothing leaves before safe mode is released under Safety.`
    : null;

/** Somebody wants a stop. Who wanted it first is shown; what Rollcall stopped by itself becomes a person's stop. */
export function pressed(content: GuardContent, scope: StopScope, press: Press): GuardContent {
  const place = placeOfStop(scope);
  const others = content.stops.filter((stop) => placeOfStop(stop.scope) !== place);
  const there = content.stops.find((stop) => placeOfStop(stop.scope) === place);
  if (!there) return { ...content, stops: [...content.stops, { scope, ...press }] };
  const { again = [], scope: _, ...first } = there;
  const isOurs = press.by === 'breaker';
  if (isOurs && [first, ...again].some(({ by, reason }) => by === 'breaker' && reason === press.reason))
    return content;
  // Later than all before it, whatever the clock says: who has seen those has not seen this one.
  const next = { ...press, at: Math.max(press.at, newestPressOf(there) + 1) };
  const [shown, later] = first.by === 'breaker' && !isOurs ? [next, first] : [first, next];
  return { ...content, stops: [...others, { scope, ...shown, again: [...again, later].slice(-20) }] };
}

/** Rollcall's own stop at a place. */
export const stoppedAt = (
  content: GuardContent,
  scope: StopScope,
  reason: string,
  at: number,
): GuardContent => pressed(content, scope, { by: 'breaker', at, reason: reason.slice(0, 500) });

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
