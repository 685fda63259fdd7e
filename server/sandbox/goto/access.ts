import type { FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { toScopes } from '../oauth-rules.ts';
import type { Caller, World } from '../world.ts';
import { accounts } from './accounts.ts';
import { adminScope } from './oauth-rules.ts';
import { notAllowed, notAuthenticated, notFound } from './refusal.ts';
import { type GotoMember, mayManage } from './user.ts';

/** Who is calling. A token without the scope for administration counts as none. */
export function callerOf(request: FastifyRequest): Caller<GotoMember> {
  const { caller } = callOf<GotoMember>(request);
  if (!caller || !toScopes(caller.grant.scope).includes(adminScope)) throw notAuthenticated();
  return caller;
}

/** The places that the caller has in the accounts. */
export function placesOf(world: World<GotoMember>, request: FastifyRequest): GotoMember[] {
  const { key } = callerOf(request).person.user;
  return accounts.flatMap((account) => world.roster.find(`${account.key}/${key}`) ?? []);
}

/** Lets administrators of the account in the path pass. */
export function managersOf(world: World<GotoMember>) {
  return async (request: FastifyRequest): Promise<void> => {
    const { accountKey } = request.params as { accountKey: string };
    const places = placesOf(world, request);
    if (places.some((place) => place.accountKey === accountKey && mayManage(place))) return;
    throw notAllowed('You have no right to manage this account.');
  };
}

export function findMember(world: World<GotoMember>, accountKey: string, userKey: string): GotoMember {
  const member = world.roster.find(`${accountKey}/${userKey}`);
  if (!member) throw notFound(`User ${userKey}`);
  return member;
}
