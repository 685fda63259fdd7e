import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  agentContact,
  agentInput,
  agentInvitation,
  agentKey,
  agentRegistration,
  agentsList,
  idParam,
} from '#contract';
import type { Routes } from '../routes.ts';

/** Guessing is slowed per address. */
const guessing = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** Agents as operators see them, and below `/agent` what an agent itself says and asks. */
export const agentRoutes: Routes = (app, { agents, version }) => {
  app.get(
    '/agents',
    { config: { right: 'credentials.read' }, schema: { response: { 200: agentsList } } },
    async () => ({ items: await agents.list(), version }),
  );

  app.post(
    '/agents',
    {
      config: { right: 'credentials.write' },
      schema: { body: agentInput, response: { 201: agentInvitation } },
    },
    async ({ body }, reply) => reply.code(201).send(await agents.create(body.name)),
  );

  // A token of its own: whoever held the agent's key before is out at once.
  app.post(
    '/agents/:id/invitation',
    {
      config: { right: 'credentials.write' },
      schema: { params: idParam, response: { 201: agentInvitation } },
    },
    async ({ params }, reply) => reply.code(201).send(await agents.invite(params.id)),
  );

  app.delete(
    '/agents/:id',
    { config: { right: 'credentials.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await agents.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  // Agents are no operators: their key opens what is below here and nothing else.
  const caller = (request: FastifyRequest) => agents.byKey(bearerOf(request));
  const own = {
    config: { right: 'public' as const },
    // Before the body is read: strangers send nothing large.
    onRequest: async (request: FastifyRequest) => void (await caller(request)),
  };

  app.post(
    '/agent/registration',
    {
      config: { right: 'public', ...guessing },
      schema: { hide: true, body: agentRegistration, response: { 201: agentKey } },
    },
    async ({ body }, reply) => reply.code(201).send(await agents.register(body.token, body.version)),
  );

  app.post(
    '/agent/contact',
    { ...own, schema: { hide: true, body: agentContact, response: { 204: z.null() } } },
    async (request, reply) => {
      await agents.contact(await caller(request), request.body);
      return reply.code(204).send(null);
    },
  );
};

function bearerOf({ headers }: FastifyRequest): string {
  const [scheme = '', key = ''] = headers.authorization?.split(' ') ?? [];
  return scheme.toLowerCase() === 'bearer' ? key : '';
}
