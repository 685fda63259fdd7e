import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { findUser, needs } from './access.ts';
import { managedDomain } from './company.ts';
import { checkMayLeave, invitationMissing } from './leaving.ts';
import { readBody, ZoomRefusal } from './refusal.ts';
import type { ZoomUser } from './user.ts';
import { licensed, toNewUser, updateSchema } from './user-body.ts';

interface OneUser {
  Params: { id: string };
}

const statusSchema = z.object({ action: z.enum(['activate', 'deactivate']) });
const emailSchema = z.object({ email: z.email().max(128) });

/** Adding and changing users. Source: https://developers.zoom.us/docs/api/users/ */
export function changingRoutes(app: FastifyInstance, world: World<ZoomUser>, licensedSeats: number): void {
  standingRoutes(app, world);

  app.post('/users', { onRequest: needs('user:write:user:admin') }, (request, reply) => {
    const call = callOf<ZoomUser>(request);
    const user = toNewUser(request.body, world.roster.positions(), call.timeMs);
    checkAddress(world, user.email);
    if (user.type === licensed) checkSeats();
    world.change(call, { kind: 'person saved', person: user });
    call.personId = user.id;
    const { id, email, first_name, last_name, type } = user;
    reply.code(201).send({ id, email, first_name, last_name, type });
  });

  app.patch<OneUser>('/users/:id', { onRequest: needs('user:update:user:admin') }, (request, reply) => {
    const user = findUser(world, request);
    const changes = readBody(updateSchema, request.body);
    if (changes.type === licensed && user.type !== licensed) checkSeats();
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    save(world, request, { ...user, ...Object.fromEntries(given) });
    reply.code(204).send();
  });

  function checkSeats(): void {
    const taken = world.roster.all().filter(({ type }) => type === licensed).length;
    if (taken < licensedSeats) return;
    const message = `Your account has reached the maximum limit of ${licensedSeats} licensed users.`;
    throw new ZoomRefusal(400, 2034, { message });
  }
}

function standingRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  app.put<OneUser>(
    '/users/:id/status',
    { onRequest: needs('user:update:status:admin') },
    (request, reply) => {
      const user = findUser(world, request);
      const { action } = readBody(statusSchema, request.body);
      checkMayLeave(user, 'be activated or deactivated here');
      if (user.status === 'pending') throw invitationMissing(user.email);
      if (action === 'activate' && user.status === 'active') {
        throw new ZoomRefusal(400, 1009, { message: 'The user is already active.' });
      }
      // Deactivating takes every licence away, and activating gives none back.
      const status = action === 'activate' ? 'active' : 'inactive';
      save(world, request, { ...user, status, type: status === 'inactive' ? 1 : user.type });
      reply.code(204).send();
    },
  );

  app.put<OneUser>('/users/:id/email', { onRequest: needs('user:update:email:admin') }, (request, reply) => {
    const user = findUser(world, request);
    const { email } = readBody(emailSchema, request.body);
    if (!email.endsWith(`@${managedDomain}`)) {
      throw new ZoomRefusal(400, 1116, { message: 'The email domain is not managed by this account.' });
    }
    checkAddress(world, email);
    save(world, request, { ...user, email });
    reply.code(204).send();
  });
}

function checkAddress(world: World<ZoomUser>, email: string): void {
  if (!world.roster.findByEmail(email)) return;
  throw new ZoomRefusal(409, 1005, { message: `User with email ${email} already exists.` });
}

function save(world: World<ZoomUser>, request: FastifyRequest, person: ZoomUser): void {
  world.change(callOf<ZoomUser>(request), { kind: 'person saved', person });
}
