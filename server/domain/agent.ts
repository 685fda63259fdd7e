import { z } from 'zod';
import { credentialSchema } from './credential.ts';

/** A credential that an agent keeps, as the server knows it: never its secrets. */
export const agentCredentialSchema = credentialSchema.pick({ name: true, vendorId: true, status: true });
export type AgentCredential = z.infer<typeof agentCredentialSchema>;

/** A program near the secrets that does loads of this server and keeps their credentials. */
export const agentSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Null until it registers, and again once it was asked to register anew. */
  registeredAt: z.string().nullable(),
  /** Until when its registration token may be used; null when there is none. */
  tokenExpiresAt: z.string().nullable(),
  /** Of the program; null before it was heard of. */
  version: z.string().nullable(),
  lastContactAt: z.string().nullable(),
  /** As it reported them last. */
  credentials: z.array(agentCredentialSchema),
  createdAt: z.string(),
});
export type Agent = z.infer<typeof agentSchema>;

export type AgentState = 'unregistered' | 'connected' | 'away';

/** An agent that was silent for longer is away. It makes contact every few seconds. */
const awayAfterMs = 60_000;

export function agentStateOf({ registeredAt, lastContactAt }: Agent, nowMs: number): AgentState {
  if (registeredAt === null) return 'unregistered';
  const isNear = lastContactAt !== null && nowMs - Date.parse(lastContactAt) <= awayAfterMs;
  return isNear ? 'connected' : 'away';
}
