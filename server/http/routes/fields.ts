import { z } from 'zod';
import { fieldChange, fieldDetails, fieldInput, fieldSchema, fieldsList, idParam } from '#contract';
import { toExternalId } from '#domain/field';
import type { Routes } from '../routes.ts';

const one = { params: idParam, response: { 200: fieldDetails } };

/** Definitions of the values that people and SaaS users have. */
export const fieldRoutes: Routes = (app, { fields }) => {
  app.get(
    '/fields',
    { config: { right: 'records.read' }, schema: { response: { 200: fieldsList } } },
    async () => ({ items: await fields.list() }),
  );

  app.post(
    '/fields',
    { config: { right: 'integrations.write' }, schema: { body: fieldInput, response: { 201: fieldSchema } } },
    async ({ body }, reply) => {
      const externalId = body.externalId ?? toExternalId(body.label);
      return reply.code(201).send(await fields.create({ ...body, externalId }));
    },
  );

  app.get('/fields/:id', { config: { right: 'records.read' }, schema: one }, ({ params }) =>
    fields.find(params.id),
  );

  app.patch(
    '/fields/:id',
    { config: { right: 'integrations.write' }, schema: { ...one, body: fieldChange } },
    ({ params, body }) => fields.change(params.id, body),
  );

  app.delete(
    '/fields/:id',
    { config: { right: 'integrations.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await fields.remove(params.id);
      return reply.code(204).send(null);
    },
  );
};
