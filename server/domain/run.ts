import { z } from 'zod';
import { presetEffects, undoSchema } from './effect.ts';
import { AppError } from './errors.ts';
import { originSchema, rerunKinds } from './rerun.ts';

export const runStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'needs_attention',
] as const;
export type RunStatus = (typeof runStatuses)[number];

/**
 * `skipped`: something that the workflow asks for must not be done to this record, and its path ends there.
 * `waiting`: for an instant, a condition or a person; what it has done so far is known, and nothing is on its way.
 */
export const recordStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'needs_attention',
] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/**
 * `sending` is an intent: the call may have left, and no answer is known yet. `planned` is what a dry run found would be
 * done, and did not do.
 */
export const stepStatuses = [
  'sending',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'planned',
  'needs_attention',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

const legalChanges: Record<RunStatus, readonly RunStatus[]> = {
  queued: ['running', 'cancelled', 'failed'],
  running: ['waiting', 'succeeded', 'failed', 'cancelled', 'needs_attention'],
  // All of its unfinished records wait; the first one that is woken sets it going again.
  waiting: ['running', 'cancelled'],
  // A parked record that somebody settles goes on.
  needs_attention: ['running', 'cancelled'],
  succeeded: [],
  failed: [],
  cancelled: [],
};

/** Throws `conflict` when a run may not go from one status to the other. */
export function checkRunChange(from: RunStatus, to: RunStatus): void {
  if (!legalChanges[from].includes(to)) {
    throw new AppError('conflict', `A run that is ${statusWords[from]} cannot become ${statusWords[to]}.`);
  }
}

export const statusWords: Record<RunStatus, string> = {
  queued: 'queued',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  needs_attention: 'in need of attention',
};

export const isFinished = (status: RunStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'needs_attention';

/** Records of a run by status. */
export const recordCountsSchema = z.strictObject({
  total: z.int(),
  queued: z.int(),
  running: z.int(),
  waiting: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  skipped: z.int(),
  cancelled: z.int(),
  needs_attention: z.int(),
});
export type RecordCounts = z.infer<typeof recordCountsSchema>;

export const noRecords: RecordCounts = {
  total: 0,
  queued: 0,
  running: 0,
  waiting: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  needs_attention: 0,
};

/** Why a record is held until somebody or something releases it. The code is for `release`, the sentence for people. */
export const heldSchema = z.strictObject({ code: z.string(), sentence: z.string() });
export type Held = z.infer<typeof heldSchema>;

/** How often a block ended by each exit; `active` is how many records are in it now, `waiting` how many wait there. */
export const blockCountsSchema = z.record(
  z.string(),
  z.strictObject({
    active: z.int(),
    waiting: z.int(),
    exits: z.record(z.string(), z.int()),
    needsAttention: z.int(),
  }),
);
export type BlockCounts = z.infer<typeof blockCountsSchema>;

/** What records of a run wait for: those with the same reason together. */
export const runWaitSchema = z.strictObject({
  count: z.int(),
  /** The first of them goes on by itself then; null when it has to be released. */
  until: z.string().nullable(),
  held: heldSchema.nullable(),
});
export type RunWait = z.infer<typeof runWaitSchema>;

/** `plan`: a dry run, which reads and writes nothing. */
export const runModes = ['run', 'plan'] as const;
export type RunMode = (typeof runModes)[number];

/** Why it was started. */
export const runLanes = ['manual', 'event', 'schedule'] as const;
export type RunLane = (typeof runLanes)[number];

export const runSchema = z.strictObject({
  id: z.string(),
  mode: z.enum(runModes),
  workflowId: z.string(),
  workflowName: z.string(),
  versionId: z.string(),
  /** 0 where a draft was tried. */
  versionNumber: z.int(),
  status: z.enum(runStatuses),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  isCancelling: z.boolean(),
  /** Why the run as a whole failed; null otherwise. */
  error: z.string().nullable(),
  counts: recordCountsSchema,
  /** The dry run that it goes by. */
  planId: z.string().nullable(),
  /** What somebody agreed to for it. */
  approvalId: z.string().nullable(),
  /** Of a re-run: whose records it takes up. */
  origin: originSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** A re-run as its origin lists it. */
export const rerunSchema = z.strictObject({
  id: z.string(),
  records: z.enum(rerunKinds),
  status: z.enum(runStatuses),
  startedAt: z.string(),
});
export type Rerun = z.infer<typeof rerunSchema>;

/** The run whose block has started a run, and the newest ones that blocks of it have started. */
export const runFamilySchema = z.strictObject({
  parent: z.strictObject({ runId: z.string(), workflowName: z.string(), block: z.string() }).nullable(),
  started: z.array(
    z.strictObject({
      runId: z.string(),
      workflowName: z.string(),
      status: z.enum(runStatuses),
      block: z.string(),
    }),
  ),
});
export type RunFamily = z.infer<typeof runFamilySchema>;

export const runRecordSchema = z.strictObject({
  n: z.int(),
  recordType: z.enum(['person', 'saas_user']),
  recordId: z.string(),
  label: z.string(),
  status: z.enum(recordStatuses),
  /** Block and exit of each finished step, in order. */
  path: z.array(z.strictObject({ block: z.string(), exit: z.string().nullable() })),
  error: z.string().nullable(),
  /** Of a waiting record: since when, until when, and why it is held. */
  waits: z
    .strictObject({ since: z.string(), until: z.string().nullable(), held: heldSchema.nullable() })
    .nullable(),
  finishedAt: z.string().nullable(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** A request as it was rendered, with secrets masked. */
export const renderedRequestSchema = z.strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
});
export type RenderedRequest = z.infer<typeof renderedRequestSchema>;

/** What a vendor answered, masked and capped. */
export const recordedAnswerSchema = z.strictObject({
  outcome: z.string(),
  status: z.int().nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
  /** True when the stored body was cut. */
  isCut: z.boolean(),
  durationMs: z.number(),
});
export type RecordedAnswer = z.infer<typeof recordedAnswerSchema>;

export const stepChangeSchema = z.strictObject({
  record: z.enum(['person', 'saas_user', 'variable']),
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type StepChange = z.infer<typeof stepChangeSchema>;

/** On what a call that is not a read was made: what it does to whom, and how that account was seen just before. */
export const stepEvidenceSchema = z.strictObject({
  does: z.enum([...presetEffects, 'unknown']),
  vendorId: z.string(),
  undo: undoSchema,
  target: z.strictObject({ id: z.string(), email: z.string() }).nullable(),
  /** Null for calls that need no look; its answer is null where the details are gone. */
  reading: z.strictObject({ at: z.string(), answer: recordedAnswerSchema.nullable() }).nullable(),
});
export type StepEvidence = z.infer<typeof stepEvidenceSchema>;

export const stepSchema = z.strictObject({
  recordN: z.int(),
  n: z.int(),
  block: z.string(),
  status: z.enum(stepStatuses),
  exit: z.string().nullable(),
  attempts: z.int(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** One sentence about what the block found or did. */
  note: z.string().nullable(),
  error: z.string().nullable(),
  request: renderedRequestSchema.nullable(),
  answer: recordedAnswerSchema.nullable(),
  changes: z.array(stepChangeSchema),
  evidence: stepEvidenceSchema.nullable(),
});
export type Step = z.infer<typeof stepSchema>;

/** What a person says about a call whose outcome is unknown. */
export const resolutions = ['it_happened', 'repeat', 'leave'] as const;
export type Resolution = (typeof resolutions)[number];
