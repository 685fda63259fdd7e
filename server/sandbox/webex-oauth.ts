import type { FastifyInstance, FastifyReply } from 'fastify';
import { pageHeaders } from './html.ts';
import { callOf, retireReplaced } from './webex-access.ts';
import { toConsentPage, toRefusalPage } from './webex-authorize-page.ts';
import { type Codes, createCodes } from './webex-codes.ts';
import { newGrant, type TokenAnswer } from './webex-grants.ts';
import { scopeMeanings, toScopes } from './webex-scopes.ts';
import type { Call, World } from './webex-world.ts';

/** The one integration that the sandbox knows. */
export const sandboxClient = { id: 'rollcall-sandbox', secret: 'sandbox-secret' } as const;
const clientName = 'Rollcall';

type Form = Readonly<Record<string, string>>;

interface AuthorizeRequest {
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  challenge: string | null;
}

/** A refused token request, as RFC 6749 section 5.2 words it. */
interface TokenRefusal {
  status: 400 | 401;
  error: string;
  error_description: string;
}

/** The authorize page and the token endpoint. Source: https://developer.webex.com/docs/integrations */
export function oauthRoutes(app: FastifyInstance, world: World): void {
  const codes = createCodes(world.now);

  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );

  app.get<{ Querystring: Form }>('/authorize', (request, reply) => {
    const read = readAuthorizeRequest(toForm(request.query));
    if (typeof read === 'string') return refuse(reply, read);
    if ('location' in read) return reply.redirect(read.location);

    const account = world.roster.find(world.accountId)!;
    const asked = { ...toForm(request.query) };
    delete asked.decision;
    reply.headers(pageHeaders).send(toConsentPage({ clientName, account, ...read, request: asked }));
  });

  app.post<{ Body: Form }>('/authorize', (request, reply) => {
    const form = toForm(request.body);
    const read = readAuthorizeRequest(form);
    if (typeof read === 'string') return refuse(reply, read);
    if ('location' in read) return reply.redirect(read.location);
    if (form.decision !== 'allow') return reply.redirect(toLocation(read, { error: 'access_denied' }));

    const { redirectUri, scopes, challenge } = read;
    const code = codes.issue({ redirectUri, scope: scopes.join(' '), challenge, personId: world.accountId });
    reply.redirect(toLocation(read, { code }));
  });

  app.post<{ Body: Form }>('/access_token', (request, reply) => {
    const answer = answerTokenRequest(world, codes, callOf(request), toForm(request.body));
    reply.header('cache-control', 'no-store');
    if ('access_token' in answer) return reply.send(answer);
    const { status, ...body } = answer;
    reply.code(status).send(body);
  });
}

/** The request when it may be shown, where to send the browser when it may not, or why it can be sent nowhere. */
function readAuthorizeRequest(form: Form): AuthorizeRequest | { location: string } | string {
  const { client_id = '', redirect_uri: redirectUri = '', state } = form;
  if (client_id !== sandboxClient.id) return `The client ID “${client_id}” is not known here.`;
  if (redirectUri === '') return 'The request has no redirect address.';
  if (!isLoopbackAddress(redirectUri)) return `The redirect address “${redirectUri}” is not on this machine.`;

  const scopes = toScopes(form.scope ?? '');
  const challenge = form.code_challenge ?? null;
  const read = { redirectUri, state, scopes, challenge };
  if (form.response_type !== 'code')
    return { location: toLocation(read, { error: 'unsupported_response_type' }) };
  if (scopes.length === 0 || scopes.some((scope) => !Object.hasOwn(scopeMeanings, scope))) {
    return { location: toLocation(read, { error: 'invalid_scope' }) };
  }
  const isPkceWrong =
    challenge !== null && (form.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(challenge));
  if (isPkceWrong) return { location: toLocation(read, { error: 'invalid_request' }) };
  return read;
}

function answerTokenRequest(world: World, codes: Codes, call: Call, form: Form): TokenAnswer | TokenRefusal {
  if (!form.grant_type) return refusal('invalid_request', 'grant_type is missing.');
  if (form.client_id !== sandboxClient.id || form.client_secret !== sandboxClient.secret) {
    return {
      status: 401,
      error: 'invalid_client',
      error_description: 'client_id or client_secret is wrong.',
    };
  }
  if (form.grant_type === 'authorization_code') return exchangeCode(world, codes, call, form);
  if (form.grant_type === 'refresh_token') return refresh(world, call, form);
  return refusal('unsupported_grant_type', `grant_type ${form.grant_type} is not supported.`);
}

function exchangeCode(world: World, codes: Codes, call: Call, form: Form): TokenAnswer | TokenRefusal {
  const { code, redirect_uri: redirectUri, code_verifier: verifier = '' } = form;
  if (!code || !redirectUri) return refusal('invalid_request', 'code or redirect_uri is missing.');

  const consented = codes.redeem(code, { redirectUri, verifier });
  if (!consented)
    return refusal('invalid_grant', 'The code is wrong, used, expired, or was issued otherwise.');
  return issueTokens(world, call, { ...consented, replaces: null });
}

function refresh(world: World, call: Call, form: Form): TokenAnswer | TokenRefusal {
  if (!form.refresh_token) return refusal('invalid_request', 'refresh_token is missing.');

  const grant = world.grants.findByRefreshToken(form.refresh_token);
  const isAlive =
    grant && grant.refreshExpiresAtMs > world.now() && world.roster.find(grant.personId)?.loginEnabled;
  if (!isAlive) return refusal('invalid_grant', 'The refresh token is wrong, replaced or expired.');

  retireReplaced(world, call, grant.id);
  return issueTokens(world, call, { personId: grant.personId, scope: grant.scope, replaces: grant.id });
}

/** Gives out a new pair of tokens. */
export function issueTokens(
  world: World,
  call: Pick<Call, 'changes'>,
  wanted: { personId: string; scope: string; replaces: string | null },
): TokenAnswer {
  const { personId, scope, replaces } = wanted;
  const { grant, answer } = newGrant({ id: world.grants.nextId(), personId, scope, replaces }, world.now());
  world.change(call, { kind: 'grant saved', grant });
  return answer;
}

function toLocation({ redirectUri, state }: AuthorizeRequest, answer: Record<string, string>): string {
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

function refuse(reply: FastifyReply, reason: string): void {
  reply.code(400).headers(pageHeaders).send(toRefusalPage(reason));
}

function refusal(error: string, description: string): TokenRefusal {
  return { status: 400, error, error_description: description };
}

/** Names with one text each; what was sent twice or empty counts as not sent. */
function toForm(fields: unknown): Form {
  const entries = Object.entries((fields ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
