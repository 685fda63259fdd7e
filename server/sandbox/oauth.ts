import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from './api.ts';
import { toConsentPage, toRefusalPage } from './authorize-page.ts';
import { readAuthorizeRequest, toLocation } from './authorize-request.ts';
import { type Codes, createCodes } from './codes.ts';
import { pageHeaders } from './html.ts';
import { type Form, type OAuthRules, toForm } from './oauth-rules.ts';
import { createTokenEndpoint, type TokenEndpoint, type TokenRefusal } from './token-endpoint.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type { Change, World } from './world.ts';

const clientName = 'Rollcall';

export interface OAuth<Person, Answer> {
  /** The authorize page, the token endpoint, and revocation where there is one. */
  routes(app: FastifyInstance): void;
  identify: Tokens<Person>['identify'];
  /** Tokens without the consent page; every scope and the IT administrator unless told otherwise. */
  issueToken(wanted?: { email?: string | undefined; scope?: string | undefined }): Answer;
}

/** An OAuth 2.0 authorization server (RFC 6749, with PKCE) that keeps to one vendor's rules. */
export function createOAuth<Person, Answer extends object>(
  world: World<Person>,
  rules: OAuthRules<Person, Answer>,
): OAuth<Person, Answer> {
  const codes = createCodes(world.now);
  const tokens = createTokens(world, rules);
  const endpoint = createTokenEndpoint(rules, { codes, tokens, accountId: world.accountId });

  return {
    routes(app) {
      addFormParser(app);
      consentRoutes(app, world, { rules, codes });
      tokenRoutes(app, world, { rules, endpoint });
    },
    identify: tokens.identify,
    issueToken({ email, scope = Object.keys(rules.page.scopeMeanings).join(' ') } = {}) {
      const { roster, accountId } = world;
      const person = email === undefined ? roster.find(accountId) : roster.findByEmail(email);
      if (!person) throw new RangeError(`Nobody has the address ${email ?? 'of the administrator'}`);

      const changes: Change<Person>[] = [];
      const issued = tokens.issue({ changes }, { personId: rules.idOf(person), scope });
      world.keep(changes);
      return rules.toAnswer(issued, person);
    },
  };
}

function consentRoutes<Person, Answer>(
  app: FastifyInstance,
  world: World<Person>,
  { rules, codes }: { rules: OAuthRules<Person, Answer>; codes: Codes },
): void {
  app.get<{ Querystring: Form }>(rules.paths.authorize, (request, reply) => {
    const form = toForm(request.query);
    const read = readAuthorizeRequest(rules, form);
    if (typeof read === 'string') return refuse(reply, read);
    if ('location' in read) return reply.redirect(read.location);

    const { decision: _decision, ...asked } = form;
    const account = rules.nameOf(world.roster.find(world.accountId)!);
    const action = request.routeOptions.url ?? '';
    const consent = { ...rules.page, ...read, clientName, account, action, request: asked };
    reply.headers(pageHeaders).send(toConsentPage(consent));
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

  function refuse(reply: FastifyReply, reason: string): void {
    reply.code(400).headers(pageHeaders).send(toRefusalPage(rules.page.vendor, reason));
  }
}

function tokenRoutes<Person, Answer>(
  app: FastifyInstance,
  world: World<Person>,
  { rules, endpoint }: { rules: OAuthRules<Person, Answer>; endpoint: TokenEndpoint<Person> },
): void {
  app.post<{ Body: Form }>(rules.paths.token, (request, reply) => {
    const answer = endpoint.answer(toTokenRequest(request));
    reply.header('cache-control', 'no-store');
    if (!('grant' in answer)) return refuse(reply, answer);
    reply.send(rules.toAnswer(answer, world.roster.find(answer.grant.personId)!));
  });

  if (rules.paths.revoke === undefined) return;
  app.post<{ Body: Form }>(rules.paths.revoke, (request, reply) => {
    const refusal = endpoint.revoke(toTokenRequest(request));
    if (refusal) return refuse(reply, refusal);
    reply.send({});
  });

  function toTokenRequest(request: FastifyRequest) {
    const { authorization } = request.headers;
    return { call: callOf<Person>(request), authorization, form: toForm(request.body) };
  }

  function refuse(reply: FastifyReply, { status, error, description }: TokenRefusal): void {
    reply.code(status).send(rules.toRefusalBody(error, description));
  }
}

function addFormParser(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
}
