import type { Form, OAuthRules } from './oauth-rules.ts';

/** What an integration asks an administrator for. */
export interface AuthorizeRequest {
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  /** The S256 challenge, when one was given. */
  challenge: string | null;
}

/** The request when it may be shown, where to send the browser when it may not, or why it can be sent nowhere. */
export function readAuthorizeRequest<Person, Answer>(
  { client, readScopes }: OAuthRules<Person, Answer>,
  form: Form,
): AuthorizeRequest | { location: string } | string {
  const { client_id = '', redirect_uri: redirectUri = '', state } = form;
  if (client_id !== client.id) return `The client ID “${client_id}” is not known here.`;
  if (redirectUri === '') return 'The request has no redirect address.';
  if (!isLoopbackAddress(redirectUri)) return `The redirect address “${redirectUri}” is not on this machine.`;

  const scopes = readScopes(form.scope ?? '');
  const challenge = form.code_challenge ?? null;
  const read = { redirectUri, state, scopes: scopes ?? [], challenge };
  if (form.response_type !== 'code')
    return { location: toLocation(read, { error: 'unsupported_response_type' }) };
  if (scopes === null) return { location: toLocation(read, { error: 'invalid_scope' }) };
  const isPkceWrong =
    challenge !== null && (form.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(challenge));
  if (isPkceWrong) return { location: toLocation(read, { error: 'invalid_request' }) };
  return read;
}

/** Where the browser goes back to, with the answer and the state in the query. */
export function toLocation({ redirectUri, state }: AuthorizeRequest, answer: Record<string, string>): string {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value);
  if (state !== undefined) location.searchParams.set('state', state);
  return location.href;
}

function isLoopbackAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, hash } = new URL(address);
  return /^https?:$/.test(protocol) && /^(127\.0\.0\.1|localhost)$/.test(hostname) && hash === '';
}
