import { z } from 'zod';
import { presetEffects, undoSchema } from './effect.ts';
import { limitKinds } from './limits.ts';
import { renderedRequestSchema, stepChangeSchema } from './run.ts';

/** What a dry run found that would be done: to an account, to our own fields, or by telling somebody. */
export const plannedKinds = [
  ...presetEffects,
  'unknown',
  'set-fields',
  'notify',
  'load',
  'start-run',
] as const;
export type PlannedKind = (typeof plannedKinds)[number];

/** Why something that the workflow asks for would not be done. */
export const skipCodes = ['protected', 'settled', 'refused', 'unapproved'] as const;
export type SkipCode = (typeof skipCodes)[number];

/** What the journal keeps of a call that is not a read, and of whatever a dry run did not do. */
export const stepEffectSchema = z.object({
  does: z.enum(plannedKinds),
  undo: undoSchema.nullable(),
  vendorId: z.string().nullable(),
  presetId: z.string().nullable(),
  /** As what limits count it; null for what takes nothing from anybody. */
  limitKind: z.enum(limitKinds).nullable(),
  /** The account as it was seen just before. */
  target: z.object({ id: z.string(), email: z.string(), readAt: z.number() }).nullable(),
  /** Why it is not done; absent where it is. */
  skip: z.enum(skipCodes).optional(),
  /** Blocks whose answer the request needs; what it would be is known only then. */
  needs: z.array(z.string()).optional(),
});
export type StepEffect = z.infer<typeof stepEffectSchema>;

/** One thing that a run would do, or would leave out. */
export const plannedEffectSchema = z.strictObject({
  recordN: z.int(),
  recordType: z.enum(['person', 'saas_user', 'run']),
  recordId: z.string(),
  label: z.string(),
  stepN: z.int(),
  block: z.string(),
  does: z.enum(plannedKinds),
  undo: undoSchema.nullable(),
  vendorId: z.string().nullable(),
  presetId: z.string().nullable(),
  limitKind: z.enum(limitKinds).nullable(),
  target: z.strictObject({ id: z.string(), email: z.string(), readAt: z.string() }).nullable(),
  /** As rendered; null for what is no call. */
  request: renderedRequestSchema.nullable(),
  /** The target as the vendor answered just before, where it was read. */
  before: z.unknown(),
  /** Values of our own records that would change. */
  changes: z.array(stepChangeSchema),
  /** Null for what would be done. */
  skip: z.strictObject({ code: z.enum(skipCodes), sentence: z.string() }).nullable(),
  needs: z.array(z.string()),
  note: z.string().nullable(),
});
export type PlannedEffect = z.infer<typeof plannedEffectSchema>;

/** What a dry run comes to. */
export const planSchema = z.strictObject({
  /** The dry run; of a run that planned first, the one that it goes by. */
  runId: z.string(),
  workflowId: z.string(),
  versionId: z.string(),
  /** 0 for a draft. */
  versionNumber: z.int(),
  /** False while it goes on, and when it was cancelled. */
  isComplete: z.boolean(),
  at: z.string(),
  records: z.int(),
  /** Records for which nothing would be done. */
  unchanged: z.int(),
  /** How many of each kind would be done; kinds that there are none of are left out. */
  counts: z.partialRecord(z.enum(plannedKinds), z.int()),
  /** How many would be left out, by reason. */
  skips: z.partialRecord(z.enum(skipCodes), z.int()),
  /** How many count against limits, by vendor and kind. */
  harmful: z.array(z.strictObject({ vendorId: z.string(), kind: z.enum(limitKinds), count: z.int() })),
  /** SHA-256 over everything that would be done; null until it is complete. */
  hash: z.string().nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** What became different from one plan to another. */
export const planDifferenceSchema = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  before: plannedEffectSchema.nullable(),
  after: plannedEffectSchema.nullable(),
});
export type PlanDifference = z.infer<typeof planDifferenceSchema>;

/** One deed of a plan that takes something from somebody: whoever agreed to the plan has agreed to it. */
export const agreedKey = (recordN: number, block: string, does: string, targetId = ''): string =>
  `${recordN} ${block} ${does} ${targetId}`;
