import { z } from 'zod';
import { agentCredentialSchema, agentSchema } from '../domain/agent.ts';

export const agentsList = z.strictObject({
  items: z.array(agentSchema),
  /** Of the server: an agent of another version gets no work. */
  version: z.string(),
});

export const agentInput = z.strictObject({ name: z.string().trim().min(1, 'Enter a name.').max(120) });

/** `token` is shown this once: it lets one program register as this agent. */
export const agentInvitation = z.strictObject({ agent: agentSchema, token: z.string() });
export type AgentInvitation = z.infer<typeof agentInvitation>;

/** What an agent sends to become one, and the key that it proves itself with from then on. */
export const agentRegistration = z.strictObject({
  token: z.string().max(100),
  version: z.string().max(40),
});
export const agentKey = z.strictObject({ name: z.string(), key: z.string() });

/** Sent every few seconds, also while a load goes on. */
export const agentContact = z.strictObject({
  version: z.string().max(40),
  credentials: z.array(agentCredentialSchema).max(1000),
});
