import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  idParam,
  invitation,
  invitationAcceptance,
  invitationCode,
  operator,
  operatorInput,
  operatorInvitation,
  operatorRole,
  operatorsList,
} from '#contract';
import type { Giver } from '#engine/operator-ports';
import { callerOf, type Sessions } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Guessing is slowed per address. */
const guessing = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** Owners sign in as people: no token makes one. */
function giverOf(request: FastifyRequest): Giver {
  const { id, name, role, kind } = callerOf(request);
  return { id, name, isOwner: kind === 'session' && role === 'owner' };
}

/** People who sign in, and the way in for those who are invited. */
export const operatorRoutes =
  (sessions: Sessions): Routes =>
  (app, { operators, access }) => {
    app.get(
      '/operators',
      { config: { right: 'operators.read' }, schema: { response: { 200: operatorsList } } },
      () => operators.list(),
    );

    app.post(
      '/operators',
      {
        config: { right: 'operators.write' },
        schema: { body: operatorInput, response: { 201: operatorInvitation } },
      },
      async (request, reply) => reply.code(201).send(await operators.invite(request.body, giverOf(request))),
    );

    app.put(
      '/operators/:id/role',
      {
        config: { right: 'operators.write' },
        schema: { params: idParam, body: operatorRole, response: { 200: operator } },
      },
      async (request) => {
        const { id, role } = { ...request.params, ...request.body };
        const { name, email } = await operators.changeRole(id, role, giverOf(request));
        return { id, name, email, role };
      },
    );

    app.delete(
      '/operators/:id',
      { config: { right: 'operators.write' }, schema: { params: idParam, response: { 204: z.null() } } },
      async (request, reply) => {
        await operators.remove(request.params.id, giverOf(request));
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/invitations/:id',
      { config: { right: 'operators.write' }, schema: { params: idParam, response: { 204: z.null() } } },
      async (request, reply) => {
        await operators.withdrawInvitation(request.params.id, giverOf(request));
        return reply.code(204).send(null);
      },
    );

    // Looking takes nothing: a mail program that opens links uses no invitation up.
    app.post(
      '/invitations/look',
      {
        config: { right: 'public', ...guessing },
        schema: { body: invitationCode, response: { 200: invitation } },
      },
      ({ body }) => operators.invited(body.code),
    );

    app.post(
      '/invitations/acceptance',
      {
        config: { right: 'public', ...guessing },
        schema: { body: invitationAcceptance, response: { 201: operator } },
      },
      async ({ body }, reply) => {
        const { id, name, email, role } = await operators.accept(body.code, body.password);
        sessions.set(reply, await access.openSession(id));
        return reply.code(201).send({ id, name, email, role });
      },
    );
  };
