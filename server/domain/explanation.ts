import { z } from 'zod';
import { approvalKinds, approvalStatuses } from './approval.ts';
import { presetEffects, undoSchema } from './effect.ts';
import { globalValueSchema } from './global-variable.ts';
import { recordedAnswerSchema, renderedRequestSchema, stepChangeSchema, stepStatuses } from './run.ts';

/** One step on the way to an effect: which block, what it found, and where the record went. */
const wayStepSchema = z.strictObject({
  block: z.string(),
  type: z.string(),
  at: z.string(),
  exit: z.string().nullable(),
  /** The block's condition in words; null where it has none. */
  condition: z.string().nullable(),
  /** What it found, with the values. */
  note: z.string().nullable(),
  error: z.string().nullable(),
});

const agreedSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(approvalKinds),
  status: z.enum(approvalStatuses),
  title: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string(),
});

/** One call that changed an account or was meant to, with everything that led to it and came of it. */
export const explainedEffectSchema = z.strictObject({
  at: z.string(),
  does: z.enum([...presetEffects, 'unknown']),
  status: z.enum(stepStatuses),
  /** How far it can be taken back; `until` where a vendor keeps it for some days. */
  undo: undoSchema,
  undoUntil: z.string().nullable(),
  vendorId: z.string(),
  target: z.strictObject({ id: z.string(), email: z.string() }).nullable(),
  run: z.strictObject({
    id: z.string(),
    n: z.int(),
    workflowId: z.string(),
    workflowName: z.string(),
    versionNumber: z.int(),
    startedBy: z.string(),
    startedAt: z.string(),
    /** Global variables that it went by. */
    globals: z.record(z.string(), globalValueSchema),
  }),
  /** Who made the version; null where it is gone. */
  version: z.strictObject({ author: z.string(), note: z.string(), launchedAt: z.string() }).nullable(),
  block: z.string(),
  way: z.array(wayStepSchema),
  /** How the account was seen just before; null for calls that need no look, and where the details are gone. */
  reading: z
    .strictObject({ at: z.string(), ageMs: z.number(), answer: recordedAnswerSchema.nullable() })
    .nullable(),
  approvals: z.array(agreedSchema),
  attempts: z.int(),
  note: z.string().nullable(),
  error: z.string().nullable(),
  request: renderedRequestSchema.nullable(),
  answer: recordedAnswerSchema.nullable(),
  changes: z.array(stepChangeSchema),
});
export type ExplainedEffect = z.infer<typeof explainedEffectSchema>;

export const explanationSchema = z.strictObject({
  about: z.strictObject({
    kind: z.enum(['person', 'saas_user']),
    id: z.string(),
    name: z.string(),
    email: z.string(),
  }),
  madeAt: z.string(),
  /** The newest first. */
  effects: z.array(explainedEffectSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;
