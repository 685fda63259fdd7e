import { globalChange, globalInput, globalParam, globalsList } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const answer = { 200: globalsList };

/** Values that all workflows may use. They change what launched workflows do, so they ask for the right to launch. */
export const globalVariableRoutes: Routes = (app, { globalVariables }) => {
  app.get(
    '/global-variables',
    { config: { right: 'workflows.read' }, schema: { response: answer } },
    async () => ({ items: await globalVariables.list() }),
  );

  app.post(
    '/global-variables',
    { config: { right: 'workflows.launch' }, schema: { body: globalInput, response: { 201: globalsList } } },
    async (request, reply) =>
      reply.code(201).send({ items: await globalVariables.create(request.body, callerOf(request)) }),
  );

  app.patch(
    '/global-variables/:name',
    {
      config: { right: 'workflows.launch' },
      schema: { params: globalParam, body: globalChange, response: answer },
    },
    async (request) => ({
      items: await globalVariables.change(request.params.name, request.body, callerOf(request)),
    }),
  );

  app.delete(
    '/global-variables/:name',
    { config: { right: 'workflows.launch' }, schema: { params: globalParam, response: answer } },
    async (request) => ({ items: await globalVariables.remove(request.params.name, callerOf(request)) }),
  );
};
