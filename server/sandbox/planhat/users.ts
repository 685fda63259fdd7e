import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callOf } from '../api.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { planhatId } from './company.ts';
import { type PlanhatUser, withRoles } from './user.ts';
import { readChange, toNewUser } from './user-body.ts';
import { saveMany } from './users-bulk.ts';
import { listUsers } from './users-list.ts';

interface OneUser {
  Params: { id: string };
}

/** Source: https://docs.planhat.com/#users */
export function userRoutes(app: FastifyInstance, world: World<PlanhatUser>): void {
  app.get<{ Querystring: Record<string, string> }>('/users', (request, reply) => {
    reply.send(listUsers(world.roster, request.query));
  });

  app.get<OneUser>('/users/:id', ({ params }, reply) => {
    reply.send(findUser(params.id));
  });

  app.post('/users', (request, reply) => {
    const call = callOf<PlanhatUser>(request);
    const id = planhatId(`created/${world.roster.positions()}`);
    const user = toNewUser(request.body, { id, time: timeOf(request) });
    checkAddress(user);
    world.change(call, { kind: 'person saved', person: user });
    call.personId = id;
    const { _id, email, nickName, firstName, lastName, roles, poc } = user;
    reply.send({ _id, email, nickName, firstName, lastName, roles, poc });
  });

  app.put('/users', (request, reply) => {
    const outcome = saveMany(world, request);
    const isPartial = outcome.createdErrors.length + outcome.updatedErrors.length > 0;
    reply.code(isPartial ? 206 : 200).send(outcome);
  });

  app.put<OneUser>('/users/:id', (request, reply) => {
    const former = findUser(request.params.id);
    const change = readChange(request.body);
    const user = { ...former, ...change, updatedAt: timeOf(request), __v: former.__v + 1 };
    checkAddress(user);
    world.change(callOf<PlanhatUser>(request), { kind: 'person saved', person: user });
    reply.send(withRoles(user));
  });

  app.delete<OneUser>('/users/:id', (request, reply) => {
    const { id } = request.params;
    checkId(id);
    // Somebody who is not there is no error: nothing was deleted.
    const deletedCount = world.roster.find(id) ? 1 : 0;
    if (deletedCount > 0) world.change(callOf<PlanhatUser>(request), { kind: 'person removed', id });
    reply.send({ n: deletedCount, ok: 1, deletedCount });
  });

  function findUser(id: string): PlanhatUser {
    checkId(id);
    const user = world.roster.find(id);
    if (!user) throw new Refusal(400, `No user has the id ${id}.`);
    return user;
  }

  function checkAddress({ _id, email }: PlanhatUser): void {
    const holder = world.roster.findByEmail(email);
    if (holder && holder._id !== _id)
      throw new Refusal(400, `A user with the email ${email} already exists.`);
  }
}

function checkId(id: string): void {
  if (!/^[0-9a-f]{24}$/.test(id)) throw new Refusal(400, `Cast to ObjectId failed for value "${id}".`);
}

function timeOf(request: FastifyRequest): string {
  return new Date(callOf(request).timeMs).toISOString();
}
