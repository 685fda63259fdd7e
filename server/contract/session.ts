import { z } from 'zod';
import { rights, roles } from '../domain/rights.ts';

export const operator = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
});
export type Operator = z.infer<typeof operator>;

/** What the web needs to know before it draws anything. */
export const sessionState = z.strictObject({
  /** False until the one-time setup link was used. */
  isSetUp: z.boolean(),
  operator: operator.nullable(),
  rights: z.array(z.enum(rights)),
  version: z.string(),
  /** Where this server is reached, for redirect URLs. */
  publicUrl: z.string(),
  hasSandbox: z.boolean(),
  /** The number of the newest change that was told over `/api/v1/live`: to be asked for what came after it. */
  newestChange: z.int(),
});
export type SessionState = z.infer<typeof sessionState>;

export const password = z.string().min(12, 'Use at least 12 characters.').max(200);

export const signIn = z.strictObject({ email: z.string().max(320), password: z.string().max(200) });

/** Enters the password of a session again, for what needs a fresh sign-in. */
export const confirmation = z.strictObject({ password: z.string().max(200) });

export const setUp = z.strictObject({
  code: z.string().min(1).max(200),
  name: z.string().trim().min(1, 'Enter your name.').max(120),
  email: z.email('Enter an e-mail address.').max(320),
  password,
});
