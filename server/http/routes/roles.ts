import type { FastifyRequest } from 'fastify';
import { roleInput, roleParam, roleRemoval, rolesList } from '#contract';
import { callerOf, causeOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const authorOf = (request: FastifyRequest) => ({ cause: causeOf(request), name: callerOf(request).name });

const answer = { 200: rolesList };

/** Roles of the organisation's people, by name; every answer is the whole list. */
export const roleRoutes: Routes = (app, { roles }) => {
  app.get('/roles', { config: { right: 'records.read' }, schema: { response: answer } }, async () => ({
    items: await roles.list(),
  }));

  app.post(
    '/roles',
    { config: { right: 'integrations.write' }, schema: { body: roleInput, response: { 201: rolesList } } },
    async ({ body }, reply) => reply.code(201).send({ items: await roles.create(body.name) }),
  );

  app.patch(
    '/roles/:name',
    {
      config: { right: 'integrations.write' },
      schema: { params: roleParam, body: roleInput, response: answer },
    },
    async (request) => ({
      items: await roles.rename(request.params.name, request.body.name, authorOf(request)),
    }),
  );

  app.delete(
    '/roles/:name',
    {
      config: { right: 'integrations.write' },
      schema: { params: roleParam, querystring: roleRemoval, response: answer },
    },
    async (request) => ({
      items: await roles.remove(request.params.name, request.query.replacement, authorOf(request)),
    }),
  );
};
