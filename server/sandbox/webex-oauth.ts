import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { consentPage, errorPage } from './webex-authorize-page.ts';
import type { WebexState } from './webex-state.ts';

/** The one integration that the sandbox knows. */
export const sandboxClient = { id: 'rollcall-sandbox', secret: 'sandbox-secret' } as const;

const codeLifeMs = 5 * 60_000;
const accessSeconds = 1_209_599;
const refreshSeconds = 7_775_999;

interface Code {
  redirectUri: string;
  scopes: string[];
  challenge: string | undefined;
  expiresAtMs: number;
}

type Query = Record<string, string | undefined>;

/** Webex's login and token endpoints. Source: https://developer.webex.com/docs/integrations */
export function addOAuth(app: FastifyInstance, state: WebexState, now: () => number): void {
  const codes = new Map<string, Code>();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );

  app.get<{ Querystring: Query }>('/v1/authorize', (request, reply) => {
    const problem = problemOf(request.query);
    reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      );
    return problem === undefined
      ? reply.send(consentPage(request.query))
      : reply.code(400).send(errorPage(problem));
  });

  app.post<{ Body: Query }>('/v1/authorize', (request, reply) => {
    const query = request.body ?? {};
    const problem = problemOf(query);
    if (problem !== undefined)
      return reply.code(400).type('text/html; charset=utf-8').send(errorPage(problem));
    const back = new URL(query.redirect_uri ?? '');
    if (query.state !== undefined) back.searchParams.set('state', query.state);
    if (query.decision !== 'allow') {
      back.searchParams.set('error', 'access_denied');
      return reply.redirect(back.href);
    }
    const code = randomBytes(24).toString('base64url');
    codes.set(code, {
      redirectUri: query.redirect_uri ?? '',
      scopes: scopesOf(query.scope),
      challenge: query.code_challenge,
      expiresAtMs: now() + codeLifeMs,
    });
    back.searchParams.set('code', code);
    return reply.redirect(back.href);
  });

  app.post<{ Body: Query }>('/v1/access_token', (request, reply) => {
    const body = request.body ?? {};
    if (body.client_id !== sandboxClient.id || body.client_secret !== sandboxClient.secret) {
      return reply.code(401).send({
        error: 'invalid_client',
        error_description: 'The client is unknown or its secret is wrong.',
      });
    }
    const refuse = (description: string) =>
      reply.code(400).send({ error: 'invalid_grant', error_description: description });

    if (body.grant_type === 'authorization_code') {
      const code = codes.get(body.code ?? '');
      // A code works once, whatever comes of it.
      codes.delete(body.code ?? '');
      if (!code || code.expiresAtMs < now())
        return refuse('The authorization code is unknown, used or expired.');
      if (code.redirectUri !== body.redirect_uri)
        return refuse('The redirect URI is not the one that the code was given to.');
      if (code.challenge !== undefined && code.challenge !== challengeOf(body.code_verifier ?? ''))
        return refuse('The code verifier does not fit the challenge.');
      return reply.send(tokens(state.grant(code.scopes, now() + accessSeconds * 1000)));
    }
    if (body.grant_type === 'refresh_token') {
      const grant = state.byRefreshToken(body.refresh_token ?? '');
      if (!grant) return refuse('The refresh token is unknown or was replaced.');
      return reply.send(tokens(state.grant(grant.scopes, now() + accessSeconds * 1000, grant.id)));
    }
    return reply.code(400).send({
      error: 'unsupported_grant_type',
      error_description: 'Use authorization_code or refresh_token.',
    });
  });
}

function tokens({
  accessToken,
  refreshToken,
  scopes,
}: {
  accessToken: string;
  refreshToken: string;
  scopes: string[];
}) {
  return {
    access_token: accessToken,
    expires_in: accessSeconds,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshSeconds,
    token_type: 'Bearer',
    scope: scopes.join(' '),
  };
}

/** What keeps the page from asking; such a request is never redirected anywhere. */
function problemOf(query: Query): string | undefined {
  if (query.client_id !== sandboxClient.id)
    return `The client ID "${query.client_id ?? ''}" is unknown here. The sandbox knows "${sandboxClient.id}".`;
  if (query.redirect_uri === undefined || !isLoopback(query.redirect_uri))
    return 'The redirect URI is missing or does not lead to this machine.';
  if (query.response_type !== 'code') return 'The response type must be "code".';
  if (query.code_challenge !== undefined && query.code_challenge_method !== 'S256')
    return 'The code challenge method must be S256.';
  if (scopesOf(query.scope).length === 0) return 'No scope is asked for.';
  return undefined;
}

function isLoopback(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  return /^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

const scopesOf = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean);
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
