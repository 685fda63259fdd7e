import { z } from 'zod';

export const approvalKinds = [
  /** A run whose plan is above a limit. */
  'plan',
  /** The same where every account that it harms is imitated by this server. */
  'imitated_plan',
  /** A look at the first destructive call of a new version. */
  'canary',
  /** Making a version with destructive blocks the active one. */
  'activation',
  /** Raising limits, or switching off a part of the guard. */
  'guard',
  /** Taking a protection away. */
  'unprotect',
  /** Letting a credential's secret go to another host. */
  'credential_hosts',
  /** What an Approval block asks. */
  'block',
] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

export const approvalStatuses = ['waiting', 'approved', 'denied', 'expired', 'withdrawn', 'used'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** Somebody asks, somebody else agrees to exactly that. */
export const approvalSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(approvalKinds),
  status: z.enum(approvalStatuses),
  title: z.string(),
  subject: z.unknown(),
  /** SHA-256 of what was shown; what is done must have the same. */
  hash: z.string(),
  workflowId: z.string().nullable(),
  runId: z.string().nullable(),
  /** Id of an operator or a token, or what started a run by itself. */
  requestedBy: z.string(),
  requestedByName: z.string(),
  /** Ids of those who made what is asked about, such as a version. */
  authors: z.array(z.string()),
  /** What somebody types who agrees alone, where nobody else can. */
  confirmation: z.string(),
  requestedAt: z.string(),
  /** Where nobody else can agree: from when on the requester may do so, by typing. */
  coolsUntil: z.string().nullable(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** How long somebody may think about it. */
export const approvalLifeMs = 72 * 60 * 60_000;
/** How long a single operator waits instead of asking a second one. */
export const coolingMs = 24 * 60 * 60_000;
/** How long a sign-in, or a password that was entered again, is fresh enough to decide. */
export const freshSignInMs = 15 * 60_000;

/** Kinds that need somebody else than who asked. Looking, and harming nobody real, may be done by the same person. */
export const needsSecondPerson = (kind: ApprovalKind): boolean =>
  kind !== 'canary' && kind !== 'imitated_plan' && kind !== 'block';

/** What an Approval block asks whom; `records` are those that wait for the answer. */
export const blockQuestionSchema = z.object({
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.int(),
  block: z.string(),
  /** What its records are held for; the answer is found by it. */
  code: z.string(),
  question: z.string(),
  operatorIds: z.array(z.string()),
  roles: z.array(z.string()),
  /** SHA-256 over the ids of all records, the labels of the first ones. */
  records: z.object({ count: z.int(), labels: z.array(z.string()), hash: z.string() }),
  planId: z.string().nullable(),
});
export type BlockQuestion = z.infer<typeof blockQuestionSchema>;
