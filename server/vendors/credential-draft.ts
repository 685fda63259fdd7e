import { type Credential, credentialKinds, freeKinds, methodOf } from '#domain/credential';
import { AppError } from '#domain/errors';
import type { AuthKind, Vendor } from '#domain/vendor';
import { webhookPath } from '#domain/webhook';
import type { CredentialFields } from '#engine/credential-ports';
import type { CredentialDraft } from '#engine/service-ports';
import type { Vendors } from '#engine/vendor-ports';
import type { Egress } from './egress-client.ts';

interface DraftDeps {
  vendors: Vendors;
  egress: Egress;
}

type UrlKey = 'baseUrl' | 'authorizeUrl' | 'tokenUrl';

/**
 * What is stored of a draft: what its kind needs, with the vendor's own URLs where it names none. Throws `invalid`
 * naming the part that is missing or cannot be.
 */
export function toFields(deps: DraftDeps, draft: CredentialDraft): CredentialFields {
  const { name, owner, vendorId, description } = draft;
  const vendor = findVendor(deps.vendors, vendorId);
  const kind = draft.kind ?? (vendor.auth[0]?.kind as AuthKind);
  const method = methodOf(vendor, kind);
  if (!method && !freeKinds.includes(kind)) {
    throw invalid(
      'kind',
      `${vendor.title} takes no ${credentialKinds[kind].title}. Choose another way to sign in.`,
    );
  }
  const { token, hasScopes } = credentialKinds[kind];
  const hasClient = token !== 'given';
  if (hasClient && draft.clientId === '') throw invalid('clientId', 'Enter the client ID.');

  const own = kind === 'webhook-url' ? webhookHost(deps.egress, draft.token) : undefined;
  const baseUrl = checkedUrl(deps.egress, 'baseUrl', own ?? draft.baseUrl ?? ownBase(vendor));
  const endpoint = (key: 'authorizeUrl' | 'tokenUrl', own: string | undefined): string => {
    const text = draft[key] ?? (own?.startsWith('/') ? new URL(baseUrl).origin + own : own);
    if (text === undefined) throw invalid(key, `Enter it: ${vendor.title} does not say where this is.`);
    return checkedUrl(deps.egress, key, text);
  };
  const known = method && 'tokenUrl' in method ? method : undefined;
  const login = known?.kind === 'oauth2' ? known.authorizeUrl : undefined;
  return {
    name,
    owner,
    vendorId,
    kind,
    description,
    scopes: hasScopes ? draft.scopes.split(/\s+/).filter(Boolean).join(' ') : '',
    clientId: hasClient ? draft.clientId : '',
    clientAuth: draft.clientAuth ?? known?.clientAuth ?? 'form',
    inputs: toInputs(kind, draft.inputs ?? {}),
    baseUrl,
    authorizeUrl: token === 'login' ? endpoint('authorizeUrl', login) : '',
    tokenUrl: hasClient ? endpoint('tokenUrl', known?.tokenUrl) : '',
    perSecond: draft.perSecond ?? null,
    atOnce: draft.atOnce ?? null,
  };
}

/** The secret that a draft brings for its kind; empty where it brings none. */
export const secretOf = (kind: Credential['kind'], draft: CredentialDraft): string =>
  draft[credentialKinds[kind].secret] ?? '';

export function findVendor(vendors: Vendors, vendorId: string): Vendor {
  const vendor = vendors.find(vendorId);
  if (vendor) return vendor;
  throw invalid('vendorId', `This server knows no vendor "${vendorId}". Choose one of the list.`);
}

/** Where a webhook's URL leads: all that is not secret of it. Undefined where the stored one stays. */
function webhookHost(egress: Egress, url = ''): string | undefined {
  if (url === '') return undefined;
  const problem = egress.refusal(url);
  if (problem !== null) throw invalid('token', problem.replace(/\.?$/, '.'));
  if (webhookPath(url) === '/')
    throw invalid('token', 'Enter the whole URL of the webhook: its path is what lets in.');
  return new URL(url).origin;
}

function ownBase(vendor: Vendor): string {
  if (!vendor.baseUrlInput) return vendor.baseUrl;
  const { label, placeholder } = vendor.baseUrlInput;
  throw invalid('baseUrl', `Enter the ${label}, such as ${placeholder}.`);
}

function toInputs(kind: AuthKind, given: Record<string, string>): Record<string, string> {
  const inputs: Record<string, string> = {};
  for (const { name, label } of credentialKinds[kind].inputs) {
    const value = given[name]?.trim() ?? '';
    if (value === '')
      throw invalid(`inputs.${name}`, `Enter the ${label[0]?.toLowerCase()}${label.slice(1)}.`);
    inputs[name] = value;
  }
  return inputs;
}

function checkedUrl(egress: Egress, place: UrlKey, text: string): string {
  const problem = egress.refusal(text);
  if (problem !== null) throw invalid(place, problem.replace(/\.?$/, '.'));
  if (place !== 'baseUrl') return text;
  if (text.includes('?')) throw invalid(place, 'A base URL has no query. Take it out.');
  return text.replace(/\/+$/, '');
}

const invalid = (place: string, message: string): AppError => new AppError('invalid', message, { place });
