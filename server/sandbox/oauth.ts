import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from './api.ts';
import { toConsentPage, toRefusalPage } from './authorize-page.ts';
import { createCodes } from './codes.ts';
import { type IssuedTokens, newGrant } from './grants.ts';
import { pageHeaders } from './html.ts';
import { type Form, type OAuthRules, readClient, toForm, toScopes } from './oauth-rules.ts';
import type { Call, Caller, World } from './world.ts';

const clientName = 'Rollcall';
/** For a vendor that sends a new refresh token only now and then: with which refresh it comes. */
const refreshesPerToken = 3;

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
  description: string;
}

interface Wanted {
  personId: string;
  scope: string;
  replaces?: string | null;
  isMachine?: boolean;
  hasRefreshToken?: boolean;
}

export interface OAuth<Person, Answer> {
  /** The authorize page and the token endpoint. */
  routes(app: FastifyInstance): void;
  /** Finds who the bearer token stands for: null for no token, an expired one, or one whose account is gone. */
  identify(call: Call<Person>, authorization: string | undefined): Caller<Person> | null;
  /** Tokens without the consent page; every scope and the IT administrator unless told otherwise. */
  issueToken(wanted?: { email?: string | undefined; scope?: string | undefined }): Answer;
}

/** An OAuth 2.0 authorization server (RFC 6749, with PKCE) that keeps to one vendor's rules. */
export function createOAuth<Person, Answer extends object>(
  world: World<Person>,
  rules: OAuthRules<Person, Answer>,
): OAuth<Person, Answer> {
  const codes = createCodes(world.now);
  const personOf = (id: string) => world.roster.find(id);

  function mayLogIn(personId: string): boolean {
    const person = personOf(personId);
    return person !== undefined && rules.mayLogIn(person);
  }

  function issue(call: Pick<Call<Person>, 'changes'>, wanted: Wanted): IssuedTokens {
    const { personId, scope, replaces = null, isMachine = false } = wanted;
    const hasRefreshToken = wanted.hasRefreshToken ?? (!isMachine && rules.isRefreshable(toScopes(scope)));
    const tokens = newGrant(
      { id: world.grants.nextId(), personId, scope, replaces, isMachine },
      { ...rules.lives, hasRefreshToken },
      world.now(),
    );
    world.change(call, { kind: 'grant saved', grant: tokens.grant });
    return tokens;
  }

  /**
   * Ends the older refresh token once something of the newer grant is used: a client that keeps what it was given never
   * notices, one that loses the answer can refresh again, one that keeps the old token is found out.
   */
  function retireReplaced(call: Call<Person>, grantId: string): void {
    const grant = world.grants.find(grantId);
    if (!grant?.replaces) return;

    endRefreshToken(call, grant.replaces);
    world.change(call, { kind: 'grant saved', grant: { ...grant, replaces: null } });
  }

  function endRefreshToken(call: Call<Person>, grantId: string): void {
    const grant = world.grants.find(grantId);
    if (grant) world.change(call, { kind: 'grant saved', grant: { ...grant, refreshHash: null } });
  }

  function answerTokenRequest(request: FastifyRequest, form: Form): IssuedTokens | TokenRefusal {
    if (!form.grant_type) return refusal('invalid_request', 'grant_type is missing.');
    const objection = refuseClient(request, form);
    if (objection) return objection;
    const call = callOf<Person>(request);
    if (form.grant_type === 'authorization_code') return exchangeCode(call, form);
    if (form.grant_type === 'refresh_token') return refresh(call, form);
    if (form.grant_type === rules.machine?.grantType) return enterMachine(call, form);
    return refusal('unsupported_grant_type', `grant_type ${form.grant_type} is not supported.`);
  }

  function exchangeCode(call: Call<Person>, form: Form): IssuedTokens | TokenRefusal {
    const { code, redirect_uri: redirectUri, code_verifier: verifier = '' } = form;
    if (!code || !redirectUri) return refusal('invalid_request', 'code or redirect_uri is missing.');

    const consented = codes.redeem(code, { redirectUri, verifier });
    if (!consented)
      return refusal('invalid_grant', 'The code is wrong, used, expired, or was issued otherwise.');
    return issue(call, consented);
  }

  function refresh(call: Call<Person>, form: Form): IssuedTokens | TokenRefusal {
    if (!form.refresh_token) return refusal('invalid_request', 'refresh_token is missing.');

    const grant = world.grants.findByRefreshToken(form.refresh_token);
    const isAlive = grant && grant.refreshExpiresAtMs > world.now() && mayLogIn(grant.personId);
    if (!isAlive) return refusal('invalid_grant', 'The refresh token is wrong, replaced or expired.');

    retireReplaced(call, grant.id);
    const { personId, scope } = grant;
    if (rules.rotation === 'once the new one is used') {
      return issue(call, { personId, scope, replaces: grant.id });
    }
    const isRenewed = rules.rotation === 'at once' || grant.refreshes + 1 >= refreshesPerToken;
    if (isRenewed) endRefreshToken(call, grant.id);
    else {
      const counted = { ...grant, refreshes: grant.refreshes + 1 };
      world.change(call, { kind: 'grant saved', grant: counted });
    }
    return issue(call, { personId, scope, hasRefreshToken: isRenewed });
  }

  function enterMachine(call: Call<Person>, form: Form): IssuedTokens | TokenRefusal {
    const objection = rules.machine?.objectionTo(form) ?? null;
    if (objection !== null) return refusal('invalid_request', objection);

    const scopes = rules.readScopes(form.scope ?? '');
    if (!scopes) return refusal('invalid_scope', `The scope "${form.scope ?? ''}" cannot be given.`);
    return issue(call, { personId: world.accountId, scope: scopes.join(' '), isMachine: true });
  }

  /** RFC 7009: a token that is not known is as good as revoked. */
  function revoke(request: FastifyRequest, form: Form): TokenRefusal | null {
    const objection = refuseClient(request, form);
    if (objection) return objection;
    if (!form.token) return refusal('invalid_request', 'token is missing.');

    const grant = world.grants.findByRefreshToken(form.token) ?? world.grants.findByAccessToken(form.token);
    const dead = { accessExpiresAtMs: 0, refreshHash: null };
    if (grant) world.change(callOf<Person>(request), { kind: 'grant saved', grant: { ...grant, ...dead } });
    return null;
  }

  function refuseClient(request: FastifyRequest, form: Form): TokenRefusal | null {
    const client = readClient(rules.clientAuth, request.headers.authorization, form);
    if (client?.id === rules.client.id && client.secret === rules.client.secret) return null;
    return { status: 401, error: 'invalid_client', description: 'client_id or client_secret is wrong.' };
  }

  function routes(app: FastifyInstance): void {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => {
        done(null, Object.fromEntries(new URLSearchParams(String(body))));
      },
    );

    app.get<{ Querystring: Form }>(rules.paths.authorize, (request, reply) => {
      const form = toForm(request.query);
      const read = readAuthorizeRequest(rules, form);
      if (typeof read === 'string') return refuse(reply, read);
      if ('location' in read) return reply.redirect(read.location);

      const { decision: _decision, ...asked } = form;
      const consent = {
        ...rules.page,
        clientName,
        ...read,
        request: asked,
        action: request.routeOptions.url!,
      };
      const account = rules.nameOf(personOf(world.accountId)!);
      reply.headers(pageHeaders).send(toConsentPage({ ...consent, account }));
    });

    app.post<{ Body: Form }>(rules.paths.authorize, (request, reply) => {
      const form = toForm(request.body);
      const read = readAuthorizeRequest(rules, form);
      if (typeof read === 'string') return refuse(reply, read);
      if ('location' in read) return reply.redirect(read.location);
      if (form.decision !== 'allow') return reply.redirect(toLocation(read, { error: 'access_denied' }));

      const { redirectUri, scopes, challenge } = read;
      const scope = scopes.join(' ');
      const code = codes.issue({ redirectUri, scope, challenge, personId: world.accountId });
      reply.redirect(toLocation(read, { code }));
    });

    app.post<{ Body: Form }>(rules.paths.token, (request, reply) => {
      const answer = answerTokenRequest(request, toForm(request.body));
      reply.header('cache-control', 'no-store');
      if ('accessToken' in answer) {
        return reply.send(rules.toAnswer(answer, personOf(answer.grant.personId)!));
      }
      reply.code(answer.status).send(rules.toRefusalBody(answer.error, answer.description));
    });

    if (rules.paths.revoke === undefined) return;
    app.post<{ Body: Form }>(rules.paths.revoke, (request, reply) => {
      const objection = revoke(request, toForm(request.body));
      if (!objection) return reply.send({});
      reply.code(objection.status).send(rules.toRefusalBody(objection.error, objection.description));
    });
  }

  function refuse(reply: FastifyReply, reason: string): void {
    reply.code(400).headers(pageHeaders).send(toRefusalPage(rules.page.vendor, reason));
  }

  return {
    routes,
    identify(call, authorization) {
      const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      const grant = token === undefined ? undefined : world.grants.findByAccessToken(token);
      if (!grant || grant.accessExpiresAtMs <= world.now() || !mayLogIn(grant.personId)) return null;

      retireReplaced(call, grant.id);
      return { grant, person: personOf(grant.personId)! };
    },
    issueToken({ email, scope = Object.keys(rules.page.scopeMeanings).join(' ') } = {}) {
      const person = email === undefined ? personOf(world.accountId) : world.roster.findByEmail(email);
      if (!person) throw new RangeError(`Nobody has the address ${email ?? 'of the administrator'}`);

      const call: Pick<Call<Person>, 'changes'> = { changes: [] };
      const tokens = issue(call, { personId: rules.idOf(person), scope });
      world.keep(call.changes);
      return rules.toAnswer(tokens, person);
    },
  };
}

/** The request when it may be shown, where to send the browser when it may not, or why it can be sent nowhere. */
function readAuthorizeRequest<Person, Answer>(
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

function refusal(error: string, description: string): TokenRefusal {
  return { status: 400, error, description };
}
