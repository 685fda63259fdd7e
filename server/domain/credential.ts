import { z } from 'zod';

/** A way to authenticate to a vendor, without its secrets: those are written and never read back. */
export const credentialSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  vendorId: z.string(),
  kind: z.literal('oauth2'),
  description: z.string(),
  /** Separated by spaces. */
  scopes: z.string(),
  clientId: z.string(),
  hasClientSecret: z.boolean(),
  baseUrl: z.string(),
  authorizeUrl: z.string(),
  tokenUrl: z.string(),
  status: z.enum(['not_authenticated', 'authenticated', 'expired', 'failed']),
  /** What went wrong last, in words; null when all is well. */
  problem: z.string().nullable(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Credential = z.infer<typeof credentialSchema>;

/** `host:port` of every URL that a credential names: the only places its secrets may be sent to. */
export function hostsOf(credential: Pick<Credential, 'baseUrl' | 'tokenUrl'>): string[] {
  return [...new Set([credential.baseUrl, credential.tokenUrl].map((url) => new URL(url).host))];
}
