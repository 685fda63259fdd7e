import type { IssuedTokens } from './grants.ts';

/** Names with one text each; what was sent twice or empty counts as not sent. */
export type Form = Readonly<Record<string, string>>;

/** Where the client's id and secret may stand in a token request. */
type ClientAuth = 'form' | 'basic';

/** In which ways one vendor's authorization server differs from another's. */
export interface OAuthRules<Person, Answer> {
  /** The one integration that the sandbox knows. */
  client: { id: string; secret: string };
  paths: { authorize: string; token: string; revoke?: string };
  clientAuth: readonly ClientAuth[];
  /** What the consent page says; `organization` is such as "Acme’s Webex organisation". */
  page: { vendor: string; organization: string; scopeMeanings: Readonly<Record<string, string>> };
  /** The scopes that a request for these gets; null when they are refused. */
  readScopes(text: string): string[] | null;
  lives: { accessLifeSeconds: number; refreshLifeSeconds: number };
  /** When the old refresh token ends and a new one comes. */
  rotation: 'once the new one is used' | 'at once' | 'now and then';
  isRefreshable(scopes: readonly string[]): boolean;
  /** The grant for applications that act on their own, where there is one. */
  machine?: { grantType: string; objectionTo(form: Form): string | null };
  idOf(person: Person): string;
  nameOf(person: Person): string;
  mayLogIn(person: Person): boolean;
  toAnswer(tokens: IssuedTokens, person: Person): Answer;
  toRefusalBody(error: string, description: string): unknown;
}

export function toForm(fields: unknown): Form {
  const entries = Object.entries((fields ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}

export function toScopes(text: string): string[] {
  return [...new Set(text.split(' ').filter((scope) => scope !== ''))];
}

/** The scopes asked for; null when there are none or one is unknown. */
export function readAskedScopes(text: string, known: Readonly<Record<string, string>>): string[] | null {
  const scopes = toScopes(text);
  const isKnown = scopes.length > 0 && scopes.every((scope) => Object.hasOwn(known, scope));
  return isKnown ? scopes : null;
}

/** The body of a refused token request as RFC 6749 section 5.2 has it. */
export function toStandardRefusal(error: string, description: string) {
  return { error, error_description: description };
}

/** The client's id and secret, when they stand where this vendor looks for them. */
export function readClient(
  places: readonly ClientAuth[],
  authorization: string | undefined,
  form: Form,
): { id: string; secret: string } | null {
  const basic = places.includes('basic') ? readBasic(authorization) : null;
  if (basic) return { id: basic.user, secret: basic.password };
  if (!places.includes('form') || !form.client_id) return null;
  return { id: form.client_id, secret: form.client_secret ?? '' };
}

/** RFC 7617. */
export function readBasic(authorization: string | undefined): { user: string; password: string } | null {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { user, password: password.join(':') };
}
