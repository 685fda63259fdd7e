import { z } from 'zod';
import { canvasGroupSchema, noteSchema } from './canvas-marks.ts';

export const blockSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'A block id has small letters, digits and underscores.'),
  type: z.string().min(1).max(64),
  name: z.string().min(1).max(120),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  settings: z.record(z.string(), z.unknown()),
});
export type Block = z.infer<typeof blockSchema>;

export const edgeSchema = z.strictObject({
  id: z.string().min(1).max(200),
  from: z.string(),
  exit: z.string(),
  to: z.string(),
});
export type Edge = z.infer<typeof edgeSchema>;

export const graphSchema = z.strictObject({
  blocks: z.array(blockSchema).max(500),
  edges: z.array(edgeSchema).max(2000),
  notes: z.array(noteSchema).max(200).optional(),
  groups: z.array(canvasGroupSchema).max(200).optional(),
});
export type Graph = z.infer<typeof graphSchema>;

/** Which records a workflow runs over. */
export const workflowRecordsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('people') }),
  z.strictObject({ kind: z.literal('saas_users'), appId: z.string() }),
]);
export type WorkflowRecords = z.infer<typeof workflowRecordsSchema>;

export const workflowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  records: workflowRecordsSchema,
  /** Counts up with every save of the draft; a save names the revision it was made from. */
  revision: z.int(),
  draft: graphSchema,
  /** The version that may start runs; null while the workflow is inactive. */
  activeVersion: z.strictObject({ id: z.string(), number: z.int() }).nullable(),
  /** When it starts next by itself; null when it does not. */
  nextRunAt: z.string().nullable(),
  /** The newest version, while a second person has not agreed to it yet. */
  pendingApproval: z
    .strictObject({
      id: z.string(),
      versionNumber: z.int(),
      requestedByName: z.string(),
      coolsUntil: z.string().nullable(),
    })
    .nullable(),
  /** The active version equals the draft. */
  isLaunched: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** An unchangeable copy of a graph; a run always points at one. */
export const versionSchema = z.strictObject({
  id: z.string(),
  workflowId: z.string(),
  number: z.int(),
  graph: graphSchema,
  records: workflowRecordsSchema,
  note: z.string(),
  author: z.string(),
  /** Ids of everybody who saved the draft that it was made of, and of who launched it. */
  authors: z.array(z.string()),
  createdAt: z.string(),
});
export type Version = z.infer<typeof versionSchema>;

/** A finding about a workflow. An `error` forbids launching; a `warning` does not. */
export const issueSchema = z.strictObject({
  severity: z.enum(['error', 'warning']),
  block: z.string().nullable(),
  /** The setting within the block, such as `url` or `response.success[0]`. */
  setting: z.string().nullable(),
  message: z.string(),
});
export type Issue = z.infer<typeof issueSchema>;
