import type { FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { toScopes } from '../oauth-rules.ts';
import { Refusal } from '../refusal.ts';
import type { Caller } from '../world.ts';
import { roleIds } from './catalog.ts';
import type { WebexPerson } from './person.ts';

const adminRoles: readonly string[] = [roleIds.fullAdmin, roleIds.userAdmin, roleIds.readOnlyAdmin];
const managingRoles: readonly string[] = [roleIds.fullAdmin, roleIds.userAdmin];

/** Who is calling; a request without a valid token never gets this far. */
export function callerOf(request: FastifyRequest): Caller<WebexPerson> {
  const { caller } = callOf<WebexPerson>(request);
  if (!caller) throw tokenMissing();
  return caller;
}

/** Lets administrators with all of these scopes pass. */
export function adminsWith(...scopes: string[]) {
  return async (request: FastifyRequest): Promise<void> => {
    const caller = callerOf(request);
    requireScopes(caller, scopes);
    if (!holdsAny(caller, adminRoles)) throw new Refusal(403, 'Only an administrator can do this.');
  };
}

/** Lets those pass who may create, change and delete people. */
export async function managersOnly(request: FastifyRequest): Promise<void> {
  const caller = callerOf(request);
  requireScopes(caller, ['spark-admin:people_read', 'spark-admin:people_write']);
  if (!holdsAny(caller, managingRoles)) {
    throw new Refusal(403, 'Only a full administrator or a user administrator can do this.');
  }
}

/** Lets everybody pass who may look people up. */
export async function readersOnly(request: FastifyRequest): Promise<void> {
  const caller = callerOf(request);
  if (seesEverything(caller) || hasScope(caller, 'spark:people_read')) return;
  throw new Refusal(403, 'The access token lacks the scope spark:people_read or spark-admin:people_read.');
}

/** Whether the caller sees all people and their administrative properties. */
export function seesEverything(caller: Caller<WebexPerson>): boolean {
  return hasScope(caller, 'spark-admin:people_read') && holdsAny(caller, adminRoles);
}

export function isFullAdmin(caller: Caller<WebexPerson>): boolean {
  return holdsAny(caller, [roleIds.fullAdmin]);
}

function requireScopes(caller: Caller<WebexPerson>, scopes: readonly string[]): void {
  const lacking = scopes.filter((scope) => !hasScope(caller, scope));
  if (lacking.length > 0)
    throw new Refusal(403, `The access token lacks the scope ${lacking.join(' and ')}.`);
}

function hasScope({ grant }: Caller<WebexPerson>, scope: string): boolean {
  return toScopes(grant.scope).includes(scope);
}

function holdsAny({ person }: Caller<WebexPerson>, roles: readonly string[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

function tokenMissing(): Refusal {
  const message = 'The request requires a valid access token set in the Authorization request header.';
  return new Refusal(401, message, { 'www-authenticate': 'Bearer realm="Webex"' });
}
