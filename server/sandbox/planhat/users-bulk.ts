import type { FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { planhatId } from './company.ts';
import type { PlanhatUser } from './user.ts';
import { readChange, toNewUser } from './user-body.ts';

const mostUsers = 5000;

interface ItemError {
  item: unknown;
  message: string;
}

/**
 * Creates and updates users in one call: an item that has the `_id`, `externalId` or `email` of somebody changes them,
 * any other is new. Items that are wrong are reported, the rest is done.
 */
export function saveMany(world: World<PlanhatUser>, request: FastifyRequest) {
  const { body } = request;
  if (!Array.isArray(body)) throw new Refusal(400, 'An array of users is expected.');
  if (body.length > mostUsers) throw new Refusal(400, `At most ${mostUsers} users, not ${body.length}.`);

  const call = callOf<PlanhatUser>(request);
  const time = new Date(call.timeMs).toISOString();
  const createdErrors: ItemError[] = [];
  const updatedErrors: ItemError[] = [];
  const created: string[] = [];
  const updated: string[] = [];
  for (const item of body) {
    const former = findMatch(world, item);
    try {
      const id = planhatId(`created/${world.roster.positions()}`);
      const person = former
        ? { ...former, ...readChange(item), updatedAt: time }
        : toNewUser(item, { id, time });
      world.change(call, { kind: 'person saved', person });
      (former ? updated : created).push(person._id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      (former ? updatedErrors : createdErrors).push({ item, message: error.message });
    }
  }
  return {
    created: created.length,
    createdErrors,
    insertsKeys: created.map((_id) => ({ _id })),
    updated: updated.length,
    updatedErrors,
    updatesKeys: updated.map((_id) => ({ _id })),
    nonupdates: 0,
    modified: updated,
    upsertedIds: created,
    permissionErrors: [],
  };
}

function findMatch(world: World<PlanhatUser>, item: unknown): PlanhatUser | undefined {
  const { _id, externalId, email } = (item ?? {}) as Record<string, unknown>;
  if (typeof _id === 'string') return world.roster.find(_id);
  const byKey =
    typeof externalId === 'string' && world.roster.all().find((user) => user.externalId === externalId);
  return byKey || world.roster.findByEmail(typeof email === 'string' ? email : '');
}
