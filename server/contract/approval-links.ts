import { z } from 'zod';
import { approvalStatuses } from '../domain/approval.ts';

const token = z.string().min(1).max(300);
export const approvalLinkToken = z.strictObject({ token });

/** What a workflow asks, as the link in the e-mail shows it. */
export const approvalLinkView = z.strictObject({
  title: z.string(),
  status: z.enum(approvalStatuses),
  workflowName: z.string(),
  requestedByName: z.string(),
  records: z.strictObject({ count: z.int(), labels: z.array(z.string()) }),
  expiresAt: z.string(),
  decidedByName: z.string().nullable(),
  /** Null when the owner of the link may answer now; else why not. */
  obstacle: z.string().nullable(),
  operatorName: z.string(),
});
export type ApprovalLinkView = z.infer<typeof approvalLinkView>;

export const approvalLinkDecision = z.strictObject({
  token,
  decision: z.enum(['approve', 'deny']),
  reason: z.string().trim().max(1000).default(''),
});
