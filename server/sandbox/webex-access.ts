import type { FastifyRequest } from 'fastify';
import { roleIds } from './webex-catalog.ts';
import { Refusal } from './webex-refusal.ts';
import { toScopes } from './webex-scopes.ts';
import type { Call, Caller, World } from './webex-world.ts';

const adminRoles: readonly string[] = [roleIds.fullAdmin, roleIds.userAdmin, roleIds.readOnlyAdmin];
const managingRoles: readonly string[] = [roleIds.fullAdmin, roleIds.userAdmin];

/** The call that a request under /v1 is. */
export function callOf(request: FastifyRequest): Call {
  return request.getDecorator<Call>('call');
}

/** Who is calling; a request without a valid token never gets this far. */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = callOf(request);
  if (!caller) throw tokenMissing();
  return caller;
}

/** Finds who the bearer token stands for: null for no token, an expired one, or one whose account is gone. */
export function identify(world: World, call: Call, authorization: string | undefined): Caller | null {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  const grant = token === undefined ? undefined : world.grants.findByAccessToken(token);
  if (!grant || grant.accessExpiresAtMs <= world.now()) return null;

  const person = world.roster.find(grant.personId);
  if (!person?.loginEnabled) return null;
  retireReplaced(world, call, grant.id);
  return { grant, person };
}

/**
 * Ends the older refresh token once something of the newer grant is used: a client that keeps what it was given never
 * notices, one that loses the answer can refresh again, one that keeps the old token is found out.
 */
export function retireReplaced(world: World, call: Call, grantId: string): void {
  const grant = world.grants.find(grantId);
  if (!grant?.replaces) return;

  const older = world.grants.find(grant.replaces);
  if (older) world.change(call, { kind: 'grant saved', grant: { ...older, refreshHash: null } });
  world.change(call, { kind: 'grant saved', grant: { ...grant, replaces: null } });
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
export function seesEverything(caller: Caller): boolean {
  return hasScope(caller, 'spark-admin:people_read') && holdsAny(caller, adminRoles);
}

export function isFullAdmin(caller: Caller): boolean {
  return holdsAny(caller, [roleIds.fullAdmin]);
}

function requireScopes(caller: Caller, scopes: readonly string[]): void {
  const lacking = scopes.filter((scope) => !hasScope(caller, scope));
  if (lacking.length > 0)
    throw new Refusal(403, `The access token lacks the scope ${lacking.join(' and ')}.`);
}

function hasScope({ grant }: Caller, scope: string): boolean {
  return toScopes(grant.scope).includes(scope);
}

function holdsAny({ person }: Caller, roles: readonly string[]): boolean {
  return person.roles.some((role) => roles.includes(role));
}

function tokenMissing(): Refusal {
  const message = 'The request requires a valid access token set in the Authorization request header.';
  return new Refusal(401, message, { 'www-authenticate': 'Bearer realm="Webex"' });
}
