import { type Credential, loginOf, type SandboxInfo, type Vendor } from '#contract';
import type { CredentialDraft } from '../../api/use-credentials.ts';

/** What the form holds: every input is a text, also one that may be left out. */
export interface CredentialValues {
  name: string;
  owner: string;
  description: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  baseUrl: string;
  authorizeUrl: string;
  tokenUrl: string;
}

/** The form of a stored credential, or of a new one with what the vendor already says. */
export function toValues(vendor: Vendor, credential: Credential | null, owner: string): CredentialValues {
  if (credential) {
    const { name, description, clientId, scopes, baseUrl, authorizeUrl, tokenUrl } = credential;
    return {
      name,
      owner: credential.owner,
      description,
      clientId,
      clientSecret: '',
      scopes,
      baseUrl: baseUrl === vendor.baseUrl ? '' : baseUrl,
      authorizeUrl: authorizeUrl === loginOf(vendor)?.authorizeUrl ? '' : authorizeUrl,
      tokenUrl: tokenUrl === loginOf(vendor)?.tokenUrl ? '' : tokenUrl,
    };
  }
  return {
    name: `${vendor.title} admin`,
    owner,
    description: '',
    clientId: '',
    clientSecret: '',
    scopes: (loginOf(vendor)?.scopes ?? []).map((scope) => scope.name).join(' '),
    baseUrl: '',
    authorizeUrl: '',
    tokenUrl: '',
  };
}

/** The form filled with everything that an imitated vendor needs; the owner stays. */
export function withSandbox(
  values: CredentialValues,
  { credential }: SandboxInfo['vendors'][number],
): CredentialValues {
  return {
    ...values,
    name: credential.name,
    description: credential.description,
    clientId: credential.clientId,
    clientSecret: credential.clientSecret ?? '',
    scopes: credential.scopes,
    baseUrl: credential.baseUrl ?? '',
    authorizeUrl: credential.authorizeUrl ?? '',
    tokenUrl: credential.tokenUrl ?? '',
  };
}

/** What is sent: an empty secret keeps the stored one, an empty URL is the vendor's own. */
export function toDraft(vendorId: string, values: CredentialValues): CredentialDraft {
  const { clientSecret, baseUrl, authorizeUrl, tokenUrl, ...rest } = values;
  return {
    ...rest,
    vendorId,
    ...(clientSecret !== '' && { clientSecret }),
    ...(baseUrl !== '' && { baseUrl }),
    ...(authorizeUrl !== '' && { authorizeUrl }),
    ...(tokenUrl !== '' && { tokenUrl }),
  };
}
