import type { FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { toScopes } from '../oauth-rules.ts';
import { Refusal } from '../refusal.ts';
import type { Caller } from '../world.ts';
import { isSystemAdmin, type NinjaUser } from './user.ts';

/** Who is calling; a request without a valid token never gets this far. */
export function callerOf(request: FastifyRequest): Caller<NinjaUser> {
  const { caller } = callOf<NinjaUser>(request);
  if (!caller) throw tokenRefused();
  return caller;
}

export function tokenRefused(): Refusal {
  return new Refusal(401, 'The access token is missing, wrong or expired.');
}

export async function readers(request: FastifyRequest): Promise<void> {
  requireScope(request, 'monitoring');
}

export async function managers(request: FastifyRequest): Promise<void> {
  requireScope(request, 'management');
}

/** Technicians and roles are changed only in the name of a system administrator who logged in. */
export async function systemAdmins(request: FastifyRequest): Promise<void> {
  requireScope(request, 'management');
  const { grant, person } = callerOf(request);
  if (grant.isMachine || !isSystemAdmin(person)) throw new Refusal(403, 'A system administrator is needed.');
}

function requireScope(request: FastifyRequest, scope: string): void {
  const held = toScopes(callerOf(request).grant.scope);
  if (!held.includes(scope)) throw new Refusal(403, `The access token lacks the scope ${scope}.`);
}
