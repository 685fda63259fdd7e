import { z } from 'zod';
import {
  idParam,
  inputChoices,
  integrationChange,
  integrationDetails,
  integrationInput,
  integrationsList,
  listQuery,
  loadSchema,
  loadsPage,
  mappingPreview,
  mappingProposal,
  mappingSchema,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const one = { params: idParam, response: { 200: integrationDetails } };
const mappingInput = z.strictObject({ mapping: mappingSchema.optional() }).optional();

/** Configured user loads. */
export const integrationRoutes: Routes = (app, { integrations, loads }) => {
  app.get(
    '/integrations',
    { config: { right: 'integrations.read' }, schema: { response: { 200: integrationsList } } },
    async () => ({ items: await integrations.list() }),
  );

  app.post(
    '/integrations',
    {
      config: { right: 'integrations.write' },
      schema: { body: integrationInput, response: { 201: integrationDetails } },
    },
    async (request, reply) => {
      const operatorId = callerOf(request).operator?.id;
      return reply.code(201).send(await integrations.create({ ...request.body, operatorId }));
    },
  );

  app.get('/integrations/:id', { config: { right: 'integrations.read' }, schema: one }, ({ params }) =>
    integrations.find(params.id),
  );

  app.patch(
    '/integrations/:id',
    { config: { right: 'integrations.write' }, schema: { ...one, body: integrationChange } },
    (request) => integrations.change(request.params.id, request.body, callerOf(request).name),
  );

  app.delete(
    '/integrations/:id',
    { config: { right: 'integrations.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await integrations.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/integrations/:id/inputs/:name/choices',
    {
      config: { right: 'integrations.write' },
      schema: { params: idParam.extend({ name: z.string().max(60) }), response: { 200: inputChoices } },
    },
    async ({ params }) => ({ items: await integrations.choices(params.id, params.name) }),
  );

  app.put(
    '/integrations/:id/activation',
    { config: { right: 'integrations.write' }, schema: one },
    ({ params }) => integrations.launch(params.id),
  );
  app.delete(
    '/integrations/:id/activation',
    { config: { right: 'integrations.write' }, schema: one },
    ({ params }) => integrations.withdraw(params.id),
  );

  app.post(
    '/integrations/:id/mapping-proposal',
    {
      config: { right: 'integrations.write' },
      schema: { params: idParam, body: mappingInput, response: { 200: mappingProposal } },
    },
    ({ params, body }) => integrations.propose(params.id, body?.mapping),
  );

  app.post(
    '/integrations/:id/preview',
    {
      config: { right: 'integrations.write' },
      schema: { params: idParam, body: mappingInput, response: { 200: mappingPreview } },
    },
    ({ params, body }) => integrations.preview(params.id, body?.mapping),
  );

  app.get(
    '/integrations/:id/loads',
    {
      config: { right: 'integrations.read' },
      schema: { params: idParam, querystring: listQuery, response: { 200: loadsPage } },
    },
    ({ params, query }) => loads.list(params.id, query),
  );

  app.post(
    '/integrations/:id/loads',
    { config: { right: 'loads.start' }, schema: { params: idParam, response: { 202: loadSchema } } },
    async (request, reply) =>
      reply.code(202).send(await loads.start(request.params.id, callerOf(request).name)),
  );
};
