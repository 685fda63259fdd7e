import { z } from 'zod';
import { differenceWordsSchema } from '../domain/difference-words.ts';
import { graphSchema, versionSchema } from '../domain/workflow.ts';

/** `waiting`: a second person has not agreed to it yet. */
export const versionStates = ['active', 'waiting', 'past'] as const;

const versionSummary = versionSchema.omit({ graph: true }).extend({ state: z.enum(versionStates) });
export type VersionSummary = z.infer<typeof versionSummary>;

/** The newest first. */
export const versionsList = z.strictObject({ items: z.array(versionSummary) });

/** A version by its number, or the draft as it is saved. */
const side = z.union([z.literal('draft'), z.coerce.number().int().min(1)]);
export const differenceQuery = z.strictObject({ from: side, to: side.default('draft') });

const comparedGraph = z.strictObject({
  /** Null for the draft. */
  number: z.int().nullable(),
  graph: graphSchema,
});

/** In what two versions differ, in words, with both graphs to be drawn. */
export const workflowDifference = differenceWordsSchema.extend({ from: comparedGraph, to: comparedGraph });
export type WorkflowDifference = z.infer<typeof workflowDifference>;

/** Makes a version the draft again, in the place of the draft of this revision. */
export const restoreInput = z.strictObject({ revision: z.int() });

/** Copies the draft, or one of the versions, into a new workflow. */
export const copyInput = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.').max(120).optional(),
  version: z.int().min(1).optional(),
});
