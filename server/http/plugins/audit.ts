import type { FastifyRequest } from 'fastify';
import type { AuditEntry, AuditLog } from '#engine/access-ports';
import type { App } from '../routes.ts';

const prefix = '/api/v1';

/** Writes down every change that was made, by whom and to what, and every sign-in that failed. */
export function addAudit(app: App, audit: AuditLog): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const { url } = request.routeOptions;
    if (url === undefined) return;
    // What agents say every few seconds is no change that anybody made; loads have a log of their own.
    if (url.startsWith(`${prefix}/agent/`) && url !== `${prefix}/agent/registration`) return;
    const isSignIn = url === `${prefix}/session` || url === `${prefix}/setup`;
    if (reply.statusCode >= 400 && !(isSignIn && request.method === 'POST')) return;
    await audit.add(toEntry(request, url, reply.statusCode));
  });
}

function toEntry(request: FastifyRequest, url: string, status: number): AuditEntry {
  const params = Object.values((request.params ?? {}) as Record<string, string>);
  return {
    actor: request.principal ? `${request.principal.name} (${request.principal.id})` : emailOf(request.body),
    action: `${request.method} ${url.slice(prefix.length)}`,
    target: params.join('/'),
    details: { status, address: request.ip },
  };
}

/** Who wanted to sign in, as they say. */
function emailOf(body: unknown): string {
  const email = (body as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? email.slice(0, 320) : 'somebody';
}
