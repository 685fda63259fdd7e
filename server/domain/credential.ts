import { z } from 'zod';
import type { AuthKind, AuthMethod, Vendor } from './vendor.ts';

interface Kind {
  title: string;
  /** Where its secret is entered; whatever it is, one secret is stored. */
  secret: 'clientSecret' | 'token' | 'password';
  secretLabel: string;
  /** Where the value that is sent with calls comes from: a login, a request of our own, or the operator. */
  token: 'login' | 'asked' | 'given';
  /** Whether scopes are asked for; elsewhere the app at the vendor has them, or there are none. */
  hasScopes: boolean;
  inputs: readonly { name: string; label: string }[];
}

const client = { secret: 'clientSecret', secretLabel: 'Client secret' } as const;
const given = { token: 'given', hasScopes: false } as const;

/** What operators enter for each kind of credential. What a kind does not need is neither asked nor stored. */
export const credentialKinds: Record<AuthKind, Kind> = {
  oauth2: { ...client, title: 'OAuth 2.0', token: 'login', hasScopes: true, inputs: [] },
  'client-credentials': {
    ...client,
    title: 'OAuth 2.0 client credentials',
    token: 'asked',
    hasScopes: true,
    inputs: [],
  },
  'account-credentials': {
    ...client,
    title: 'Server-to-server OAuth',
    token: 'asked',
    hasScopes: false,
    inputs: [{ name: 'account_id', label: 'Account ID' }],
  },
  bearer: { ...given, title: 'Access token', secret: 'token', secretLabel: 'Access token', inputs: [] },
  'api-key': { ...given, title: 'API key', secret: 'token', secretLabel: 'API key', inputs: [] },
  basic: {
    ...given,
    title: 'User name and password',
    secret: 'password',
    secretLabel: 'Password',
    inputs: [{ name: 'username', label: 'User name' }],
  },
  'webhook-url': { ...given, title: 'Webhook URL', secret: 'token', secretLabel: 'Webhook URL', inputs: [] },
};

export const authKinds = Object.keys(credentialKinds) as [AuthKind, ...AuthKind[]];
/** These work with any vendor that offers OAuth 2.0 at URLs that the operator enters. */
export const freeKinds: readonly AuthKind[] = ['oauth2', 'client-credentials'];

/** How a client says who it is to a token URL: in the form, or in an `Authorization: Basic` header. */
export const clientAuths = ['form', 'basic'] as const;

/** A way to authenticate to a vendor, without its secrets: those are written and never read back. */
export const credentialSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  vendorId: z.string(),
  kind: z.enum(authKinds),
  description: z.string(),
  /** Separated by spaces. */
  scopes: z.string(),
  clientId: z.string(),
  clientAuth: z.enum(clientAuths),
  /** What else its kind needs, such as `account_id` or `username`. */
  inputs: z.record(z.string(), z.string()),
  /** Whether its client secret, token or password is stored. */
  hasSecret: z.boolean(),
  baseUrl: z.string(),
  /** Empty where its kind has none. */
  authorizeUrl: z.string(),
  /** Empty where its kind has none. */
  tokenUrl: z.string(),
  /** Where the vendor said that this account lives, in place of the host of the base URL; empty where it did not. */
  apiUrl: z.string(),
  /** Calls a second that the operator allows; null: as the vendor documents. */
  perSecond: z.number().nullable(),
  /** Calls at once that the operator allows; null: as the vendor documents, or as this server is set up. */
  atOnce: z.int().nullable(),
  /** `authenticated` is also what needs no login and was not refused yet. */
  status: z.enum(['not_authenticated', 'authenticated', 'expired', 'failed']),
  /** What went wrong last, in words; null when all is well. */
  problem: z.string().nullable(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Credential = z.infer<typeof credentialSchema>;

/** How a vendor does this kind; undefined where it does not, or leaves it to the operator. */
export function methodOf<K extends AuthKind>(
  vendor: Pick<Vendor, 'auth'>,
  kind: K,
): Extract<AuthMethod, { kind: K }> | undefined {
  return vendor.auth.find((method): method is Extract<AuthMethod, { kind: K }> => method.kind === kind);
}

/** What a credential is before the vendor has said anything: without a login there is nothing to wait for. */
export const firstStatus = (kind: AuthKind): Credential['status'] =>
  credentialKinds[kind].token === 'login' ? 'not_authenticated' : 'authenticated';

/** `host:port` of every URL that a credential names: the only places its secrets may be sent to. */
export function hostsOf(credential: Pick<Credential, 'baseUrl' | 'tokenUrl' | 'apiUrl'>): string[] {
  const { baseUrl, apiUrl, tokenUrl } = credential;
  const urls = [baseUrl, apiUrl, tokenUrl].filter((url) => url !== '');
  return [...new Set(urls.map((url) => new URL(url).host))];
}
