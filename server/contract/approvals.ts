import { z } from 'zod';
import { approvalSchema } from '../domain/approval.ts';
import { listQuery, page } from './list.ts';

const person = z.strictObject({ id: z.string(), name: z.string() });

/** A request, and what the caller may do about it. */
export const approvalView = approvalSchema.extend({
  /** Operators who can agree now; empty where nobody can but alone, after the cooling-off. */
  deciders: z.array(person),
  /** Null when the caller may agree now; else why not, in a sentence. */
  obstacle: z.string().nullable(),
  /** The caller agrees alone, from `coolsUntil` on, and has to type `confirmation`. */
  needsTyping: z.boolean(),
});
export type ApprovalView = z.infer<typeof approvalView>;

export const approvalsQuery = listQuery.omit({ search: true }).extend({
  status: z.enum(['waiting', 'all']).default('all'),
  /** Only what is asked for this run. */
  runId: z.string().max(100).optional(),
});

export const approvalsPage = page(approvalView).extend({ waiting: z.int() });

/** Answers 403 with the place `step-up` when the password must be entered again first. */
export const approvalDecision = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  reason: z.string().trim().max(1000).default(''),
  /** The request's `confirmation`, where `needsTyping`. */
  typed: z.string().max(500).optional(),
});
export type ApprovalDecision = z.input<typeof approvalDecision>;
