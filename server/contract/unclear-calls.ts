import { z } from 'zod';
import { presetEffects, undoSchema } from '../domain/effect.ts';
import { recordedAnswerSchema, renderedRequestSchema, resolutions, runStatuses } from '../domain/run.ts';
import { listQuery, page } from './list.ts';

/** A call whose outcome nobody knows, with all that is known about it. */
export const unclearCall = z.strictObject({
  runId: z.string(),
  runStatus: z.enum(runStatuses),
  /** The record of the run, and its id. */
  n: z.int(),
  recordId: z.string(),
  recordType: z.string(),
  label: z.string(),
  /** Of the record: what a decision about the call names. */
  step: z.int(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.int(),
  block: z.string(),
  blockName: z.string(),
  /** What it does to whom; null where the block did not say. */
  effect: z
    .strictObject({
      does: z.enum([...presetEffects, 'unknown']),
      undo: undoSchema,
      vendorId: z.string(),
      target: z.strictObject({ id: z.string(), email: z.string() }).nullable(),
    })
    .nullable(),
  startedAt: z.string(),
  attempts: z.int(),
  /** Why nobody knows, and what looking at the account told. */
  reason: z.string(),
  request: renderedRequestSchema.nullable(),
  /** The last answer; null where none came. */
  answer: recordedAnswerSchema.nullable(),
});
export type UnclearCall = z.infer<typeof unclearCall>;

/** Calls of one block that are unclear for the same reason. */
export const unclearKind = z.strictObject({
  workflowId: z.string(),
  workflowName: z.string(),
  block: z.string(),
  blockName: z.string(),
  reason: z.string(),
  count: z.int(),
  oldestAt: z.string(),
});
export type UnclearKind = z.infer<typeof unclearKind>;

/** All three name one kind of trouble. */
export const unclearCallsQuery = listQuery.omit({ search: true }).extend({
  workflowId: z.string().max(100).optional(),
  block: z.string().max(100).optional(),
  reason: z.string().max(4_000).optional(),
});

export const unclearCallsPage = page(unclearCall).extend({ kinds: z.array(unclearKind) });

/** What a person found out about some of them. */
export const unclearDecision = z.strictObject({
  choice: z.enum(resolutions),
  calls: z
    .array(z.strictObject({ runId: z.string().max(100), n: z.int().min(0), step: z.int().min(1) }))
    .min(1)
    .max(200),
});

export const unclearDecided = z.strictObject({
  settled: z.int(),
  /** Those that could not be settled, each with the reason. */
  refused: z.array(z.strictObject({ runId: z.string(), n: z.int(), reason: z.string() })),
});
export type UnclearDecided = z.infer<typeof unclearDecided>;
