import type { FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { toScopes } from '../oauth-rules.ts';
import type { Caller, World } from '../world.ts';
import { noSuchUser, ZoomRefusal } from './refusal.ts';
import { isAdmin, type ZoomUser } from './user.ts';

/** Who is calling; a request without a valid token never gets this far. */
export function callerOf(request: FastifyRequest): Caller<ZoomUser> {
  const { caller } = callOf<ZoomUser>(request);
  if (!caller) throw tokenRefused();
  return caller;
}

export function tokenRefused(): ZoomRefusal {
  return new ZoomRefusal(401, 124, { message: 'Invalid access token.' });
}

/** Lets administrators pass whose token has the granular scope or the classic one that once covered it. */
export function needs(scope: string) {
  return async (request: FastifyRequest): Promise<void> => {
    const { grant, person } = callerOf(request);
    const classic = classicOf(scope);
    const held = toScopes(grant.scope);
    if (!held.includes(scope) && !held.includes(classic)) {
      const message = `Invalid access token, does not contain scopes:[${classic}, ${scope}].`;
      throw new ZoomRefusal(400, 104, { message });
    }
    if (!isAdmin(person)) throw new ZoomRefusal(400, 200, { message: 'No permission.' });
  };
}

/** `user:read:list_users:admin` was `user:read:admin` once. */
function classicOf(scope: string): string {
  const [subject, action] = scope.split(':');
  return `${subject}:${action === 'read' ? 'read' : 'write'}:admin`;
}

/**
 * The user whom a path means: by id, by e-mail address, or `me`, which is nobody to a server-to-server app. An
 * invitation that is pending is found by address only.
 */
export function findUser(
  world: World<ZoomUser>,
  request: FastifyRequest<{ Params: { id: string } }>,
): ZoomUser {
  const { id: key } = request.params;
  const { grant, person } = callerOf(request);
  if (key === 'me' && !grant.isMachine) return person;
  const user = key.includes('@') ? world.roster.findByEmail(key) : world.roster.find(key);
  if (!user || (user.status === 'pending' && !key.includes('@'))) throw noSuchUser(key);
  callOf<ZoomUser>(request).personId = user.id;
  return user;
}
