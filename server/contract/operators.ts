import { z } from 'zod';
import { roles } from '../domain/rights.ts';
import { operator, password } from './session.ts';

const role = z.enum(roles);

/** A role that was offered by a one-time link. */
export const invitation = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type Invitation = z.infer<typeof invitation>;

const operatorRow = operator.extend({ createdAt: z.string(), lastSeenAt: z.string().nullable() });
export type OperatorRow = z.infer<typeof operatorRow>;

export const operatorsList = z.strictObject({
  operators: z.array(operatorRow),
  invitations: z.array(invitation),
});
export type OperatorsList = z.infer<typeof operatorsList>;

export const operatorInput = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.').max(120),
  email: z.email('Enter an e-mail address.').max(320),
  role,
});
export type OperatorInput = z.infer<typeof operatorInput>;

/** The link is shown once. */
export const operatorInvitation = z.strictObject({
  invitation,
  link: z.string(),
  isMailed: z.boolean(),
});
export type OperatorInvitation = z.infer<typeof operatorInvitation>;

export const operatorRole = z.strictObject({ role });

const code = z.string().min(1).max(200);
export const invitationCode = z.strictObject({ code });
export const invitationAcceptance = z.strictObject({ code, password });
