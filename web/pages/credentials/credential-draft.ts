import {
  type AuthKind,
  type Credential,
  credentialKinds,
  freeKinds,
  methodOf,
  type SandboxInfo,
  type Vendor,
  webhookVendor,
} from '#contract';
import type { CredentialDraft } from '../../api/use-credentials.ts';

/** What the form holds: every input is a text, also one that may be left out or that another kind needs. */
export interface CredentialValues {
  name: string;
  owner: string;
  description: string;
  kind: AuthKind;
  clientId: string;
  clientAuth: Credential['clientAuth'];
  scopes: string;
  inputs: Record<string, string>;
  clientSecret: string;
  token: string;
  password: string;
  baseUrl: string;
  authorizeUrl: string;
  tokenUrl: string;
  /** Empty: as the vendor documents. */
  perSecond: number | '';
  atOnce: number | '';
}

/** What the parts of the form ask of it. */
export interface CredentialFormState {
  values: CredentialValues;
  getInputProps(name: string): object;
  setValues(change: Partial<CredentialValues>): void;
  clearErrors(): void;
}

export type UrlKey = 'baseUrl' | 'authorizeUrl' | 'tokenUrl';

const noSecrets = { clientSecret: '', token: '', password: '' };
const noUrls = { baseUrl: '', authorizeUrl: '', tokenUrl: '' };
const noPace = { perSecond: '', atOnce: '' } as const;

/** The form of a stored credential, or of a new one with what the vendor already says. */
export function toValues(vendor: Vendor, credential: Credential | null, owner: string): CredentialValues {
  if (credential) {
    const { name, description, kind, clientId, clientAuth, scopes, inputs, baseUrl } = credential;
    const unlessOwn = (key: UrlKey) =>
      credential[key] === ownUrl(vendor, kind, key, baseUrl) ? '' : credential[key];
    return {
      ...{ name, owner: credential.owner, description, kind, clientId, clientAuth, scopes, inputs },
      ...noSecrets,
      baseUrl: unlessOwn('baseUrl'),
      authorizeUrl: unlessOwn('authorizeUrl'),
      tokenUrl: unlessOwn('tokenUrl'),
      ...{ perSecond: credential.perSecond ?? '', atOnce: credential.atOnce ?? '' },
    };
  }
  const kind = vendor.auth[0]?.kind ?? 'oauth2';
  return {
    ...{ name: `${vendor.title} admin`, owner, description: '', kind, clientId: '', clientAuth: 'form' },
    ...{ scopes: scopesOf(vendor, kind), inputs: {} },
    ...noSecrets,
    ...noUrls,
    ...noPace,
  };
}

/** The form filled with everything that an imitated vendor needs; the owner stays. */
export function withSandbox(
  values: CredentialValues,
  vendor: Vendor,
  { credential }: SandboxInfo['vendors'][number],
): CredentialValues {
  return {
    ...values,
    name: credential.name,
    description: credential.description,
    kind: credential.kind ?? vendor.auth[0]?.kind ?? values.kind,
    clientId: credential.clientId,
    clientAuth: credential.clientAuth ?? values.clientAuth,
    scopes: credential.scopes,
    inputs: credential.inputs ?? {},
    clientSecret: credential.clientSecret ?? '',
    token: credential.token ?? '',
    password: credential.password ?? '',
    baseUrl: credential.baseUrl ?? '',
    authorizeUrl: credential.authorizeUrl ?? '',
    tokenUrl: credential.tokenUrl ?? '',
  };
}

/** What is sent: what the kind needs. An empty secret keeps the stored one, an empty URL is the vendor's own. */
export function toDraft(vendor: Vendor, values: CredentialValues): CredentialDraft {
  const { name, owner, description, kind, clientId, clientAuth, scopes, inputs } = values;
  const { secret, token, hasScopes, inputs: asked } = credentialKinds[kind];
  return {
    ...{ name, owner, description, vendorId: vendor.id, kind },
    ...(token !== 'given' && { clientId }),
    ...(token !== 'given' && !methodOf(vendor, kind) && { clientAuth }),
    ...(hasScopes && { scopes }),
    ...(asked.length > 0 && {
      inputs: Object.fromEntries(asked.map(({ name: key }) => [key, inputs[key] ?? ''])),
    }),
    ...(values[secret] !== '' && { [secret]: values[secret] }),
    ...Object.fromEntries(
      urlKeysOf(kind)
        .filter((key) => values[key] !== '')
        .map((key) => [key, values[key]]),
    ),
    perSecond: values.perSecond === '' ? null : values.perSecond,
    atOnce: values.atOnce === '' ? null : values.atOnce,
  };
}

/** What an editor sees of a credential, for the server to tell whether somebody else changes it meanwhile. */
export function toSeen(credential: Credential) {
  const { name, owner, kind, description, scopes, clientId, clientAuth } = credential;
  const { inputs, baseUrl, authorizeUrl, tokenUrl } = credential;
  const about = { name, owner, kind, description, scopes, clientId, clientAuth };
  return { ...about, inputs, baseUrl, authorizeUrl, tokenUrl };
}

/** What the kind needs and the form does not hold yet, by the name of the input. */
export function findGaps(
  vendor: Vendor,
  values: CredentialValues,
  hasSecret: boolean,
): Record<string, string> {
  const { kind } = values;
  const { secret, secretLabel, token, inputs } = credentialKinds[kind];
  const gaps: Record<string, string> = {};
  if (token !== 'given' && values.clientId.trim() === '') gaps.clientId = 'Enter the client ID.';
  if (values[secret] === '' && !hasSecret) gaps[secret] = `Enter the ${toWords(secretLabel)}.`;
  for (const { name, label } of inputs) {
    if (!values.inputs[name]?.trim()) gaps[`inputs.${name}`] = `Enter the ${toWords(label)}.`;
  }
  for (const key of urlKeysOf(kind)) {
    if (values[key] === '' && ownUrl(vendor, kind, key) === undefined) gaps[key] = 'Enter the URL.';
  }
  return gaps;
}

/** The vendor's own kinds, and those that take URLs of the operator's own. */
export function kindsOf(vendor: Vendor): { group: string; items: { value: AuthKind; label: string }[] }[] {
  const own: AuthKind[] = vendor.auth.map(({ kind }) => kind);
  const hasFreeKinds = vendor.id !== webhookVendor.id;
  const toItem = (value: AuthKind) => ({ value, label: credentialKinds[value].title });
  return [
    { group: vendor.title, items: own.map(toItem) },
    {
      group: 'With URLs of your own',
      items: hasFreeKinds ? freeKinds.filter((kind) => !own.includes(kind)).map(toItem) : [],
    },
  ].filter(({ items }) => items.length > 0);
}

/** Which URLs a credential of a kind has. */
export function urlKeysOf(kind: AuthKind): UrlKey[] {
  const { token } = credentialKinds[kind];
  // The URL that is entered says where it leads.
  if (kind === 'webhook-url') return [];
  if (token === 'given') return ['baseUrl'];
  return token === 'asked' ? ['baseUrl', 'tokenUrl'] : ['baseUrl', 'authorizeUrl', 'tokenUrl'];
}

/** The vendor's own URL; undefined where the operator must enter one. Paths follow the host of the base URL. */
export function ownUrl(vendor: Vendor, kind: AuthKind, key: UrlKey, baseUrl = ''): string | undefined {
  if (key === 'baseUrl') return vendor.baseUrlInput ? undefined : vendor.baseUrl;
  const method = methodOf(vendor, kind) as Partial<Record<UrlKey, string>> | undefined;
  const url = method?.[key];
  if (!url?.startsWith('/')) return url;
  return `${URL.parse(baseUrl)?.origin ?? ''}${url}`;
}

/** The scopes that a vendor's presets need, for a credential of this kind. */
export const scopesOf = (vendor: Vendor, kind: AuthKind): string =>
  neededScopes(vendor, kind)
    .map(({ name }) => name)
    .join(' ');

export function neededScopes(vendor: Vendor, kind: AuthKind): { name: string; why: string }[] {
  const method = methodOf(vendor, kind);
  return method && 'scopes' in method ? method.scopes : [];
}

/** A label in the middle of a sentence; abbreviations stay. */
const toWords = (label: string): string => label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
