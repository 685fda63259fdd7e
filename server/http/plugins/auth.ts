import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#domain/errors';
import type { Cause } from '#domain/person';
import type { Access, Principal } from '#engine/access-ports';
import type { App } from '../routes.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);
const maxAgeSeconds = 7 * 24 * 60 * 60;

/** The name and flags of the session cookie: bound to the host and to https wherever there is https. */
function cookieOf(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https://');
  // Lax and not Strict: a vendor's login comes back from another site and must find its session.
  return {
    name: isSecure ? '__Host-rollcall' : 'rollcall',
    options: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: maxAgeSeconds } as const,
  };
}

export interface Sessions {
  /** Signs the browser in with a new session. */
  set(reply: FastifyReply, value: string): void;
  clear(reply: FastifyReply): void;
  of(request: FastifyRequest): string | undefined;
  /** Who a request or a handshake comes from, by token or cookie. */
  principalOf(request: FastifyRequest): Promise<Principal | undefined>;
}

export function createSessions(access: Access, publicUrl: string): Sessions {
  const { name, options } = cookieOf(publicUrl);
  const of = (request: FastifyRequest) => request.cookies[name];
  return {
    set: (reply, value) => void reply.setCookie(name, value, options),
    clear: (reply) => void reply.clearCookie(name, options),
    of,
    async principalOf(request) {
      const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
      if (scheme !== undefined)
        return scheme.toLowerCase() === 'bearer' && token ? access.byToken(token) : undefined;
      const cookie = of(request);
      return cookie === undefined ? undefined : access.bySession(cookie);
    },
  };
}

/** Whether a page of this origin may act here: our own, as this request reached us. */
export function isOwnOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return origin === new URL(publicUrl).origin || origin === `http://${request.headers.host ?? ''}`;
}

/**
 * Lets a request pass only to routes that its caller has the right for. A route without a declared right keeps the
 * server from starting. Changes by a browser need our own header and origin, which no other site can send.
 */
export function addAuth(app: App, sessions: Sessions, publicUrl: string): void {
  const publicHost = new URL(publicUrl).host;
  app.decorateRequest('principal', null);

  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && route.config?.right === undefined) {
      throw new AppError('internal', `The route ${String(route.method)} ${route.url} declares no right.`);
    }
  });

  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? '';
    if (host !== publicHost && !loopbackNames.has(host.replace(/:\d+$/, ''))) {
      throw new AppError(
        'forbidden',
        `This server does not answer to the name "${host}". Set ROLLCALL_PUBLIC_URL if it should.`,
      );
    }
    const right = request.routeOptions.config?.right;
    const isChange = request.method !== 'GET' && request.method !== 'HEAD';
    // Signing somebody else's browser in is a change too, and needs no cookie that could be missing.
    if (isChange && !isOwnOrigin(request, publicUrl)) throw foreign();
    if (right === undefined || right === 'public') return;

    const principal = await sessions.principalOf(request);
    if (!principal) throw new AppError('unauthorized', 'Sign in, or send a token that is still valid.');
    if (principal.kind === 'session' && isChange && request.headers['x-rollcall-request'] !== '1')
      throw foreign();
    if (right !== 'signed-in' && !principal.rights.includes(right)) {
      throw new AppError(
        'forbidden',
        `The role "${principal.role}" may not do this (${right}). Ask an admin of this server.`,
      );
    }
    request.principal = principal;
  });
}

const foreign = (): AppError =>
  new AppError(
    'forbidden',
    'This change does not come from a page of this server, so it was not made. Reload the page and try again.',
  );

/** The caller of a route that needs one. */
export function callerOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthorized', 'Sign in first.');
  return request.principal;
}

/** Who made a change, for the history of records: an operator by a page, or a script by its token. */
export function causeOf(request: FastifyRequest): Cause {
  const { kind, id } = callerOf(request);
  return { kind: kind === 'session' ? 'operator' : 'api', id };
}
