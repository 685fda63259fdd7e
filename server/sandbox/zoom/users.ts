import type { FastifyInstance } from 'fastify';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { findUser, needs } from './access.ts';
import { checkDomain, checkHeir, checkMayLeave, invitationMissing } from './leaving.ts';
import { notValid } from './refusal.ts';
import { roleNameOf, toListRow, type ZoomUser } from './user.ts';
import { listUsers } from './users-list.ts';

interface OneUser {
  Params: { id: string };
}

/** Listing and reading users. Source: https://developers.zoom.us/docs/api/users/ */
export function readingRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  app.get<{ Querystring: Record<string, string> }>(
    '/users',
    { onRequest: needs('user:read:list_users:admin') },
    (request, reply) => {
      reply.send(listUsers(world.roster, request.query, callOf(request).timeMs));
    },
  );

  app.get<{ Querystring: { email?: string } }>(
    '/users/email',
    { onRequest: needs('user:read:email:admin') },
    (request, reply) => {
      reply.send({ existed_email: world.roster.findByEmail(request.query.email ?? '') !== undefined });
    },
  );

  app.get<OneUser>('/users/:id', { onRequest: needs('user:read:user:admin') }, (request, reply) => {
    const user = findUser(world, request);
    if (user.status === 'pending') return reply.send(toListRow(user));
    reply.send({ ...user, role_name: roleNameOf(user.role_id), account_id: 'acme-account', use_pmi: false });
  });
}

/** Removing users and signing them out. */
export function leavingRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  app.delete<OneUser & { Querystring: { action?: string; transfer_email?: string } }>(
    '/users/:id',
    { onRequest: needs('user:delete:user:admin') },
    (request, reply) => {
      const user = findUser(world, request);
      const { action = 'disassociate', transfer_email: heir } = request.query;
      if (action !== 'disassociate' && action !== 'delete') {
        throw notValid('action', 'Action must be disassociate or delete.');
      }
      checkMayLeave(user, 'be removed');
      if (user.status === 'pending' && action === 'delete') throw invitationMissing(user.email);
      checkDomain(user, action);
      if (heir !== undefined) checkHeir(world.roster.findByEmail(heir), heir, user);

      world.change(callOf<ZoomUser>(request), { kind: 'person removed', id: user.id });
      reply.code(204).send();
    },
  );

  app.delete<OneUser>(
    '/users/:id/token',
    { onRequest: needs('user:delete:token:admin') },
    (request, reply) => {
      findUser(world, request);
      reply.code(204).send();
    },
  );
}
